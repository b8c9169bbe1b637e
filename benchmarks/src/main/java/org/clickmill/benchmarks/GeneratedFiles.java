package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Generated events as files of one form, one file per day, made once and kept for the next
 * benchmark of that size. They are the same events in every form.
 *
 * @param folder of the files
 */
record GeneratedFiles(Path folder) {
  /** Exists once all files are written. */
  private static final String COMPLETE = "complete";

  static GeneratedFiles of(
      ClickmillCommand clickmill, Path folder, Form form, long events, int days)
      throws IOException, InterruptedException {
    var name = form.name().toLowerCase(Locale.ROOT);
    var home = folder.resolve(name + "-" + events + "-days-" + days);
    var files = home.resolve("raw");
    if (!Files.exists(home.resolve(COMPLETE))) {
      GeneratedWarehouse.delete(home);
      var command =
          new ArrayList<>(
              List.of(
                  "generate",
                  "--output",
                  files.toString(),
                  "--events",
                  Long.toString(events),
                  "--days",
                  Integer.toString(days)));
      command.addAll(form.options());
      clickmill.run(command);
      Files.createFile(home.resolve(COMPLETE));
    }
    return new GeneratedFiles(files);
  }
}
