package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A warehouse of generated events, made once and kept for the next benchmark of that size.
 *
 * @param root the warehouse's root folder
 */
record GeneratedWarehouse(Path root) {
  /** Exists once the warehouse is complete. */
  private static final String COMPLETE = "complete";

  private static final Set<String> KEPT = Set.of("_imports", "events", "events_daily");

  static GeneratedWarehouse of(ClickmillCommand clickmill, Path folder, long events, int days)
      throws IOException, InterruptedException {
    var home = folder.resolve("events-" + events + "-days-" + days);
    var root = home.resolve("warehouse");
    if (!Files.exists(home.resolve(COMPLETE))) {
      delete(home);
      var raw = home.resolve("raw");
      clickmill.run(
          List.of(
              "generate",
              "--output",
              raw.toString(),
              "--events",
              Long.toString(events),
              "--days",
              Integer.toString(days),
              "--format",
              "parquet"));
      clickmill.run(
          "import",
          "--warehouse",
          root.toString(),
          "--mapping",
          "clickmill",
          "--input",
          raw.toString());
      clickmill.run("compact", "--warehouse", root.toString());
      delete(raw);
      Files.createFile(home.resolve(COMPLETE));
    }
    return new GeneratedWarehouse(root);
  }

  Path events() {
    return root.resolve("events_daily");
  }

  /** Makes the warehouse forget all tables made from events, so that they are computed again. */
  void forgetTables() throws IOException {
    List<Path> folders;
    try (var listing = Files.list(root)) {
      folders = listing.filter(folder -> !KEPT.contains(folder.getFileName().toString())).toList();
    }
    for (var folder : folders) {
      delete(folder);
    }
  }

  /** Deletes a folder with all it holds, if it is there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> paths;
    try (var walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (var path : paths) {
      Files.delete(path);
    }
  }
}
