package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days on which nothing happened, as SQL engines and the suite itself see them. */
final class EmptyTablesTest {
  private static final LocalDate DAY = LocalDate.of(2020, 5, 1);

  @TempDir private Path folder;

  @Test
  void tableWithoutRowsOpensEmptyByTheQueryOfTheReadme() throws Exception {
    var local = new LocalWarehouse(folder);
    var input = Files.createDirectory(folder.resolve("input"));
    Files.writeString(
        input.resolve("a.csv"),
        """
        event_time,event_type,product_id
        2020-05-01T05:30:00Z,signup,
        2020-05-03T05:30:00Z,signup,
        """);
    local.importFiles(input, "clickmill");
    local.compactAndAnalyze();
    // Partitions without rows are inputs too, and what is made again is the same.
    var before = local.fingerprints();
    local.compactAndAnalyze();
    assertThat(local.fingerprints()).isEqualTo(before);

    assertThat(local.manifests(Datasets.EVENTS_DAILY)).hasSize(3);
    var silent = Partition.ofDay(Datasets.EVENTS_DAILY, DAY.plusDays(1));
    assertThat(local.manifests(Datasets.EVENTS_DAILY).get(silent).files())
        .singleElement()
        .satisfies(file -> assertThat(file.records()).isZero());
    try (var rows =
        TableReader.open(
            local.warehouse().fileSystem(),
            local.warehouse().pathOf(silent),
            local.configuration())) {
      assertThat(rows.next()).isFalse();
    }
    int withoutRows = 0;
    try (var duck = new DuckDb()) {
      for (var table : LocalWarehouse.tables().keySet()) {
        var manifests = local.manifests(table.dataset()).values();
        assertThat(manifests).as(table.dataset()).isNotEmpty();
        long rows = manifests.stream().mapToLong(one -> one.fingerprint().rows()).sum();
        withoutRows += rows == 0 ? 1 : 0;
        var from =
            "FROM read_parquet('" + local.glob(table.dataset()) + "', hive_partitioning = true)";
        assertThat(duck.rows("SELECT count(*) " + from))
            .as(table.dataset())
            .isEqualTo(List.of(List.of(Long.toString(rows))));
        assertThat(duck.rows("SELECT column_name FROM (DESCRIBE SELECT * " + from + ")"))
            .as(table.dataset())
            .hasSize(table.schema().columns().size() + 1);
      }
      assertThat(duck.rows(readmeQuery(local))).hasSize(sales(local));
    }
    assertThat(withoutRows).isPositive();
  }

  private static int sales(LocalWarehouse local) throws Exception {
    return (int)
        local.manifests("sales").values().stream()
            .mapToLong(manifest -> manifest.fingerprint().rows())
            .sum();
  }

  private static String readmeQuery(LocalWarehouse local) throws Exception {
    var readme = Files.readString(Path.of("../README.md"));
    var query = Pattern.compile("DuckDB:\\s+```sql\\s+(.*?);\\s+```", Pattern.DOTALL);
    var matcher = query.matcher(readme);
    assertThat(matcher.find()).isTrue();
    var root = local.warehouse().root().toUri().getPath();
    return matcher.group(1).replace("'shop/", "'" + root + "/");
  }
}
