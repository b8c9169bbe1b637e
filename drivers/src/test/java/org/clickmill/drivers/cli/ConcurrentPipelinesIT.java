package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pipelines over the same days at once, while others read what they publish. */
final class ConcurrentPipelinesIT {
  private static final List<String> TABLES =
      List.of("events_daily", "view_counts", "sales", "sales_by_brand", "top_products");

  @TempDir Path folder;

  private JobJar jobJar;
  private Path shop;

  @BeforeEach
  void importEvents() throws Exception {
    jobJar = new JobJar(folder.resolve("processes"));
    shop = folder.resolve("shop");
    var input = SmallShop.generate(folder.resolve("raw"), 6000, 4);
    jobJar
        .embedded("import", "--mapping=rees46", "--input=" + input, "--warehouse=" + shop)
        .succeed();
  }

  @AfterEach
  void endProcesses() {
    jobJar.close();
  }

  @Test
  void eachPartitionIsPublishedOnceAndNobodySeesAMix() throws Exception {
    var first = jobJar.embedded("pipeline", "--warehouse=" + shop);
    var second = jobJar.embedded("pipeline", "--warehouse=" + shop);
    int seen = 0;
    try (var duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
      while (first.process().isAlive() || second.process().isAlive()) {
        seen += readPartitions();
        TABLES.forEach(table -> readTable(duckDb, table));
        Thread.sleep(5);
      }
    }
    assertThat(seen).as("partitions that were looked at").isPositive();
    var runs = List.of(first.finish(), second.finish());
    for (var run : runs) {
      assertThat(run.exitCode()).as(run.err()).isIn(0, 5);
      if (run.exitCode() == 5) {
        assertThat(run.err()).contains("clickmill pipeline: Cannot publish ", " run ");
      }
    }
    // Who lost may have left days to do; nothing that is published is published again.
    jobJar.embedded("pipeline", "--warehouse=" + shop).succeed();
    var warehouse = SmallShop.warehouse(shop);
    assertThat(SmallShop.manifests(warehouse)).hasSize(4 * 24 + 4 * 23 + 6);
    assertThat(SmallShop.manifests(warehouse).values())
        .allSatisfy(
            manifest -> {
              assertThat(manifest.version()).as("%s", manifest.where()).isEqualTo(1);
              assertThat(manifest.revision()).as("%s", manifest.where()).isEqualTo(1);
            });
    SmallShop.assertTidy(warehouse, "after two pipelines");
  }

  /** Looks at every partition as it is on disk; its files must be its manifest's. */
  private int readPartitions() throws IOException {
    int seen = 0;
    for (var table : TABLES) {
      for (var partition : list(shop.resolve(table))) {
        var before = manifest(partition);
        var files = new TreeMap<String, Long>();
        for (var file : list(partition)) {
          if (file.getFileName().toString().endsWith(".parquet")) {
            files.put(file.getFileName().toString(), size(file));
          }
        }
        var after = manifest(partition);
        if (before != null && before.equals(after)) {
          assertThat(files).as("%s", partition).isEqualTo(files(before));
          assertThat(partition.resolve("_SUCCESS")).exists();
          seen++;
        }
      }
    }
    return seen;
  }

  /** Reads a table by its path, as any tool does; unfinished files would be errors. */
  private void readTable(Connection duckDb, String table) {
    var query =
        "SELECT count(*), count(DISTINCT dt) FROM read_parquet('%s/%s/**/*.parquet', hive_partitioning = true)"
            .formatted(shop, table);
    try (var statement = duckDb.createStatement();
        var rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isPositive();
    } catch (SQLException e) {
      assertThat(e.getMessage()).contains("No files found");
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return -1;
    }
  }

  private static JsonNode manifest(Path partition) throws IOException {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(partition.resolve("_MANIFEST.json")));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static Map<String, Long> files(JsonNode manifest) {
    var files = new TreeMap<String, Long>();
    manifest
        .get("files")
        .forEach(file -> files.put(file.get("name").asText(), file.get("bytes").asLong()));
    return files;
  }
}
