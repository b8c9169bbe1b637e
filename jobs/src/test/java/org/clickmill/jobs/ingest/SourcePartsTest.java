package org.clickmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many tasks read a file, by its size alone: the files are holes and take no space. */
final class SourcePartsTest {
  private static final long MEBIBYTE = 1L << 20;
  private static final long FIFTY_GIBIBYTES = 50L << 30;

  /** What a task's bundle counts for a file beside its bytes. */
  private static final long COST_OF_FILE = 64 << 10;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.csv", "a.jsonl", "a.avro", "a.parquet"})
  void fileOfFiftyGibibytesIsReadByAsManyTasksAsItsSizeNeeds(String name) throws Exception {
    var input = Files.createDirectory(folder.resolve("input"));
    sparse(input.resolve(name), FIFTY_GIBIBYTES);
    var configuration = onCluster();

    var items = new SourceParts(mapping(), false).of(files(input), configuration);
    long next = 0;
    for (var item : items) {
      assertThat(item.places()).hasSize(1);
      assertThat(item.places().get(0).start()).isEqualTo(next);
      next += item.places().get(0).bytes();
    }
    assertThat(next).isEqualTo(FIFTY_GIBIBYTES);
    var splits = splits(items, configuration);
    assertThat(splits).hasSize(201);
    for (var split : splits) {
      assertThat(split.getLength()).isBetween(254 * MEBIBYTE, 256 * MEBIBYTE + COST_OF_FILE);
    }

    configuration.setInt("clickmill.split.max-mb", 1024);
    var fewer = new SourceParts(mapping(), false).of(files(input), configuration);
    assertThat(splits(fewer, configuration)).hasSize(51);
  }

  @ParameterizedTest
  @CsvSource({"a.csv.gz, false", "a.jsonl.zst, false", "a.csv, true", "a.parquet, true"})
  void fileThatIsPackedOrReadToItsEndFirstIsOneTasks(String name, boolean isReadFirst)
      throws Exception {
    var input = Files.createDirectory(folder.resolve("input"));
    sparse(input.resolve(name), FIFTY_GIBIBYTES);
    var configuration = onCluster();
    var items = new SourceParts(mapping(), isReadFirst).of(files(input), configuration);
    assertThat(splits(items, configuration)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 8", "3, 12"})
  void oneFileGivesEverySlotOfThisMachineAsMuch(int slots, int tasks) throws Exception {
    var input = Files.createDirectory(folder.resolve("input"));
    sparse(input.resolve("a.csv"), 700 * MEBIBYTE + 1);
    var configuration = LocalWarehouse.configuration(folder);
    configuration.setInt("mapreduce.local.map.tasks.maximum", slots);
    var items = new SourceParts(mapping(), false).of(files(input), configuration);
    var splits = splits(items, configuration);
    assertThat(splits).hasSize(tasks);
    for (var split : splits) {
      assertThat(split.getLength()).isBetween(700 * MEBIBYTE / tasks, 701 * MEBIBYTE / tasks);
    }
  }

  @Test
  void smallFilesAreReadTogetherAndTheLargeOneAmongThemInParts() throws Exception {
    var input = Files.createDirectory(folder.resolve("input"));
    for (int i = 100; i < 200; i++) {
      sparse(input.resolve(i + ".csv"), MEBIBYTE);
    }
    sparse(input.resolve("200.csv"), 924 * MEBIBYTE);
    var configuration = onCluster();
    var items = new SourceParts(mapping(), false).of(files(input), configuration);
    assertThat(items).hasSize(100 + 4);
    assertThat(splits(items, configuration)).hasSize(4);
  }

  private static Configuration onCluster() {
    var configuration = new Configuration(false);
    configuration.set("mapreduce.framework.name", "yarn");
    return configuration;
  }

  private List<InputSplit> splits(List<BundleInputFormat.Item> items, Configuration configuration)
      throws IOException {
    var list = new org.apache.hadoop.fs.Path(folder.resolve("list.json").toUri());
    BundleInputFormat.configure(configuration, list.getFileSystem(configuration), list, items);
    return new BundleInputFormat().getSplits(Job.getInstance(configuration));
  }

  private static List<SourceFile> files(Path input) throws IOException {
    var path = new org.apache.hadoop.fs.Path(input.toUri());
    return new SourceFiles(new Configuration(false)).list(path, null, mapping()).files();
  }

  private static Mapping mapping() throws IOException {
    return Mapping.load("clickmill", new Configuration(false));
  }

  private static void sparse(Path path, long bytes) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(bytes);
    }
  }
}
