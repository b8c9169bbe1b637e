package org.clickmill.jobs.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Warehouse;

/** Where the files of live days lie; each is written once, under a name of its run's own. */
final class LiveFiles {
  static final String FOLDER = "_live";

  /** A run that is alive may still commit what it has written before this time. */
  private static final long KEPT_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final Warehouse warehouse;
  private final String runId;
  private final Path folder;
  private final Collection<Path> written = new ArrayList<>();
  private final Map<String, Integer> names = new HashMap<>();

  LiveFiles(Warehouse warehouse, String runId) {
    this.warehouse = warehouse;
    this.runId = runId;
    folder = new Path(warehouse.root(), FOLDER);
  }

  FileSystem fileSystem() {
    return warehouse.fileSystem();
  }

  /** The folder of a day, as {@code dt=2019-10-01}. */
  Path ofDay(String day) {
    return new Path(folder, day);
  }

  Path path(String day, String name) {
    return new Path(ofDay(day), name);
  }

  /**
   * The name of a new file.
   *
   * @param kind what it holds, and of which part of the day
   */
  String newFile(String day, String kind, String extension) {
    int before = names.merge(day + "/" + kind, 1, Integer::sum) - 1;
    var number = before == 0 ? "" : "-" + before;
    var name = kind + number + "-" + runId + extension;
    written.add(path(day, name));
    return name;
  }

  static String ofBucket(String what, int bucket) {
    return String.format(Locale.ROOT, "%s-%03d", what, bucket);
  }

  /** Brings to the disk what was written. */
  void sync() throws IOException {
    var disk = warehouse.disk();
    for (var path : written) {
      if (fileSystem().exists(path)) {
        disk.syncFile(path);
      }
    }
    disk.syncFolderAndParents(
        written.stream().map(Path::getParent).distinct().toList(), warehouse.root());
  }

  /** To be called when a state names what was written: it is not to be discarded any more. */
  void keep() {
    written.clear();
  }

  /**
   * Deletes files that a state does not name: those that the state before it names at once, and
   * those of runs that died when they are old.
   */
  void deleteUnused(LiveState before, LiveState now) throws IOException {
    var disk = warehouse.disk();
    long limit = System.currentTimeMillis() - KEPT_MILLIS;
    for (var day : disk.list(folder)) {
      var name = day.getPath().getName();
      if (!name.startsWith("dt=")) {
        continue;
      }
      var used = now.days().getOrDefault(name, LiveState.Day.EMPTY).files();
      var replaced = before.days().getOrDefault(name, LiveState.Day.EMPTY).files();
      for (var file : disk.list(day.getPath())) {
        var fileName = file.getPath().getName();
        boolean isOver = replaced.contains(fileName) || file.getModificationTime() < limit;
        if (isOver && !used.contains(fileName)) {
          disk.delete(file.getPath());
        }
      }
      if (!now.days().containsKey(name)) {
        disk.deleteIfEmpty(day.getPath());
      }
    }
  }

  /** Deletes what was written, as no state will name it. */
  void discard() throws IOException {
    for (var path : written) {
      warehouse.disk().delete(path);
    }
    written.clear();
  }
}
