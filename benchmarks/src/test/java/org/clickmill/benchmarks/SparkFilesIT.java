package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.clickmill.formats.read.ParquetJavaRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that Spark writes in all its ways are read as parquet-java reads them. */
final class SparkFilesIT {
  private static final int ROWS = 3000;

  @TempDir private Path folder;

  /** One way of writing. */
  private record Way(String name, String options, String timestamps) {}

  @Test
  void filesOfSparkAreReadAsParquetJavaReadsThem() throws Exception {
    long seed = new Random().nextLong();
    var ways = ways(new Random(seed));
    SparkRun.execute(folder, "2g", script(seed, ways));
    var configuration = new Configuration();
    var fileSystem = FileSystem.getLocal(configuration).getRawFileSystem();
    for (var way : ways) {
      var files = parquetFiles(folder.resolve(way.name()));
      assertThat(files).as(way.name()).isNotEmpty();
      keep(way, files);
      for (var file : files) {
        ParquetJavaRows.assertReadAlike(
            fileSystem,
            new org.apache.hadoop.fs.Path(file.toUri()),
            configuration,
            "seed " + seed + ", " + way);
      }
    }
  }

  /** Every codec in both versions of pages, with and without dictionaries; the rest by chance. */
  private static List<Way> ways(Random random) {
    var ways = new ArrayList<Way>();
    for (var codec : List.of("none", "snappy", "gzip", "zstd", "lz4_raw")) {
      for (int version = 1; version <= 2; version++) {
        for (boolean dictionary : new boolean[] {true, false}) {
          ways.add(
              new Way(
                  String.format(Locale.ROOT, "%s-%d-%s", codec, version, dictionary),
                  String.format(
                      Locale.ROOT,
                      "'compression' '%s', 'parquet.writer.version' 'v%d',"
                          + " 'parquet.enable.dictionary' '%s', 'parquet.page.size' '%d',"
                          + " 'parquet.dictionary.page.size' '%d', 'parquet.block.size' '%d'",
                      codec,
                      version,
                      dictionary,
                      1 << random.nextInt(9, 16),
                      1 << random.nextInt(9, 20),
                      1 << random.nextInt(16, 22)),
                  List.of("INT96", "TIMESTAMP_MICROS", "TIMESTAMP_MILLIS").get(random.nextInt(3))));
        }
      }
    }
    return ways;
  }

  private String script(long seed, List<Way> ways) {
    var script = new StringBuilder();
    script.append(
        """
        CACHE TABLE events AS
        SELECT
          timestamp_millis(1569888000000 + id * 997) AS event_time,
          element_at(array('view', 'cart', 'purchase'), CAST(1 + 3 * rand(${seed}) AS INT)) AS event_type,
          CAST(CAST(pow(2, 12 * rand(${seed} + 1)) AS INT) AS STRING) AS product_id,
          IF(rand(${seed} + 2) < 0.3, NULL, repeat('b', CAST(20 * rand(${seed} + 3) AS INT))) AS brand,
          IF(rand(${seed} + 4) < 0.1, NULL, CAST(1000 * rand(${seed} + 5) AS DECIMAL(18, 4))) AS price,
          CAST(100 * rand(${seed} + 6) - 50 AS INT) AS quantity,
          CAST(NULL AS STRING) AS visitor_id,
          uuid() AS user_session,
          id AS source_offset,
          rand(${seed} + 7) AS ratio,
          CAST(rand(${seed} + 8) AS FLOAT) AS share,
          rand(${seed} + 9) < 0.5 AS is_new,
          date_add(DATE'2019-10-01', CAST(id % 40 AS INT)) AS day
        FROM range(${rows});
        """
            .replace("${seed}", Long.toString(seed >>> 8))
            .replace("${rows}", Integer.toString(ROWS)));
    for (var way : ways) {
      script.append(
          String.format(
              Locale.ROOT,
              "SET spark.sql.parquet.outputTimestampType=%s;%n"
                  + "INSERT OVERWRITE DIRECTORY '%s' USING parquet OPTIONS (%s)"
                  + " SELECT * FROM events;%n",
              way.timestamps(),
              folder.resolve(way.name()),
              way.options()));
    }
    return script.toString();
  }

  /** Leaves the files to {@code damage-soak} where a folder is named. */
  private static void keep(Way way, List<Path> files) throws IOException {
    var kept = System.getProperty("clickmill.spark.files", "");
    if (!kept.isEmpty()) {
      var target = Files.createDirectories(Path.of(kept, way.name()));
      for (var file : files) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static List<Path> parquetFiles(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }
}
