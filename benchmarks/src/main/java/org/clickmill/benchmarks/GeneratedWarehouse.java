package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A warehouse of generated events, made once and kept for the next benchmark of that size.
 *
 * @param root the warehouse's root folder
 * @param kept its folders that are not results
 * @param discarded takes its results of earlier rounds
 */
record GeneratedWarehouse(Path root, Set<String> kept, Discarded discarded) {
  /** Exists once the warehouse is complete. */
  private static final String COMPLETE = "complete";

  private static final String DAY = "dt=";
  private static final String EVENTS = "events";
  private static final String IMPORTS = "_imports";
  private static final String EVENTS_DAILY = "events_daily";

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
    return new GeneratedWarehouse(
        root, Set.of(IMPORTS, EVENTS, EVENTS_DAILY), new Discarded(folder.resolve("discarded")));
  }

  Path events() {
    return root.resolve(EVENTS_DAILY);
  }

  /** The days that it has, in order. */
  List<LocalDate> days() throws IOException {
    try (var folders = Files.list(events())) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.startsWith(DAY))
          .map(name -> LocalDate.parse(name.substring(DAY.length())))
          .sorted()
          .toList();
    }
  }

  /** The paths that a peer's script may name. */
  Map<String, Path> places() {
    return Map.of("events", events(), "hours", root.resolve(EVENTS));
  }

  /** Another warehouse that has only the hours of some days: links, not copies. */
  GeneratedWarehouse hoursOf(List<LocalDate> days, Path folder) throws IOException {
    discarded.take(folder);
    for (var day : days) {
      link(root.resolve(EVENTS).resolve(DAY + day), folder.resolve(EVENTS).resolve(DAY + day));
    }
    return new GeneratedWarehouse(folder, Set.of(EVENTS), discarded);
  }

  private static void link(Path from, Path to) throws IOException {
    List<Path> paths;
    try (var walk = Files.walk(from)) {
      paths = walk.toList();
    }
    for (var path : paths) {
      var target = to.resolve(from.relativize(path));
      if (Files.isDirectory(path)) {
        Files.createDirectories(target);
      } else {
        Files.createLink(target, path);
      }
    }
  }

  /** Makes the warehouse forget all tables made from events, so that they are computed again. */
  void forgetTables() throws IOException {
    List<Path> folders;
    try (var listing = Files.list(root)) {
      folders = listing.filter(folder -> !kept.contains(folder.getFileName().toString())).toList();
    }
    for (var folder : folders) {
      discarded.take(folder);
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
