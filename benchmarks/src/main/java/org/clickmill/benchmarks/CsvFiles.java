package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Generated events as CSV, one file per day, made once and kept for the next benchmark of that
 * size.
 *
 * @param folder of the files
 */
record CsvFiles(Path folder) {
  /** Exists once all files are written. */
  private static final String COMPLETE = "complete";

  static CsvFiles of(ClickmillCommand clickmill, Path folder, long events, int days)
      throws IOException, InterruptedException {
    var home = folder.resolve("csv-" + events + "-days-" + days);
    var files = home.resolve("raw");
    if (!Files.exists(home.resolve(COMPLETE))) {
      GeneratedWarehouse.delete(home);
      clickmill.run(
          "generate",
          "--output",
          files.toString(),
          "--events",
          Long.toString(events),
          "--days",
          Integer.toString(days),
          "--format",
          "csv");
      Files.createFile(home.resolve(COMPLETE));
    }
    return new CsvFiles(files);
  }
}
