package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The folder that all of a run goes into. */
final class OutputFolder {
  /** Says that a run has made the folder, and that another may delete what is in it. */
  private static final String MARKER = "big-day";

  private OutputFolder() {}

  /** Deletes what an earlier run left, but nothing that no run has made. */
  static void prepare(Path folder) throws IOException {
    var marker = folder.resolve(MARKER);
    if (Files.exists(folder) && !Files.exists(marker)) {
      try (var files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new BigDayException(
              "Invalid output folder: %s is not empty, and no earlier run has made it", folder);
        }
      }
    }
    delete(folder);
    Files.createDirectories(folder);
    Files.createFile(marker);
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

  /** Deletes the files of a cluster's HDFS and nodes, but no logs. */
  static void deleteFiles(Path cluster, int nodes) throws IOException {
    for (var name : List.of("data", "name", "tmp")) {
      delete(cluster.resolve(name));
    }
    for (int node = 1; node <= nodes; node++) {
      delete(cluster.resolve("node-" + node).resolve("local"));
    }
  }
}
