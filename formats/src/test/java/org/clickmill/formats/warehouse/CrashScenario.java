package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Faults.InjectedCrash;

/**
 * One publish that crashes at each of its changes in turn, and then a clean rerun. Used with a
 * local disk and with HDFS.
 */
enum CrashScenario {
  FIRST(null, "new"),
  REPLACE("old", "new"),
  RENEW("same", "same");

  private static final Partition PARTITION =
      Partition.ofHour("events", LocalDate.of(2019, 10, 1), 7);

  private final String before;
  private final String after;

  CrashScenario(String before, String after) {
    this.before = before;
    this.after = after;
  }

  /**
   * Crashes at every change until one is not reached.
   *
   * @param root an empty folder of the scenario's own
   */
  void crashEverywhere(Configuration configuration, Path root) throws IOException {
    for (int crashAt = 1; ; crashAt++) {
      var warehouse = prepared(configuration, new Path(root, name() + "-" + crashAt));
      boolean crashed = crash(configuration, warehouse.root(), crashAt);
      assertWhole(warehouse, crashAt);
      assertRerunFinishes(warehouse, crashAt);
      if (!crashed) {
        assertThat(crashAt).as("changes of " + this).isGreaterThan(5);
        return;
      }
    }
  }

  /** Crashes at every change, and then again at every change of the recovery. */
  void crashTwiceEverywhere(Configuration configuration, Path root) throws IOException {
    boolean crashed = true;
    for (int first = 1; crashed; first++) {
      boolean again = true;
      for (int second = 1; again; second++) {
        var warehouse =
            prepared(configuration, new Path(root, name() + "-" + first + "-" + second));
        crashed = crash(configuration, warehouse.root(), first);
        again = crashRecovery(configuration, warehouse.root(), second);
        assertWhole(warehouse, first);
        assertRerunFinishes(warehouse, first);
      }
    }
  }

  private Warehouse prepared(Configuration configuration, Path root) throws IOException {
    var warehouse = Warehouse.openOrCreate(root, configuration);
    if (before != null) {
      publish(warehouse, "run-1", before);
    }
    return warehouse;
  }

  private static Publication publish(Warehouse warehouse, String runId, String row)
      throws IOException {
    return new Publisher(warehouse, runId)
        .publish(new Staging(warehouse, runId).stage(PARTITION, row));
  }

  private boolean crash(Configuration configuration, Path root, int crashAt) throws IOException {
    var faulty = new Configuration(configuration);
    try (var faults = Faults.inject(faulty, root, crashAt)) {
      publish(Warehouse.open(root, faulty), "run-2", after);
      assertThat(faults.crashed()).as("swallowed crash at %d of %s", crashAt, this).isFalse();
      return false;
    } catch (InjectedCrash e) {
      return true;
    }
  }

  private static boolean crashRecovery(Configuration configuration, Path root, int crashAt)
      throws IOException {
    var faulty = new Configuration(configuration);
    try (var faults = Faults.inject(faulty, root, crashAt)) {
      Warehouse.open(root, faulty).recover();
      assertThat(faults.crashed()).as("swallowed crash at %d of recovery", crashAt).isFalse();
      return false;
    } catch (InjectedCrash e) {
      return true;
    }
  }

  /** As a reader that knows nothing of intents sees it: all old, all new, or not there. */
  private void assertWhole(Warehouse warehouse, int crashAt) throws IOException {
    var fs = warehouse.fileSystem();
    var folder = warehouse.pathOf(PARTITION);
    if (!fs.exists(folder)) {
      return;
    }
    var manifest = Json.manifest(fs, new Path(folder, Manifest.FILE_NAME));
    assertThat(manifest).as("crash at %d of %s", crashAt, this).isPresent();
    assertThat(fs.exists(new Path(folder, Manifest.SUCCESS_FILE_NAME))).isTrue();
    var files = manifest.get().files();
    assertThat(files).hasSize(1);
    assertThat(fs.getFileStatus(new Path(folder, files.get(0).name())).getLen())
        .isEqualTo(files.get(0).bytes());
    assertThat(fs.listStatus(folder)).hasSize(3);
  }

  private void assertRerunFinishes(Warehouse warehouse, int crashAt) throws IOException {
    var description = "crash at " + crashAt + " of " + this;
    var publication = publish(warehouse, "run-3", after);
    int version = before == null || before.equals(after) ? 1 : 2;
    assertThat(publication.version()).as(description).isEqualTo(version);
    assertThat(Staging.rows(warehouse, PARTITION)).as(description).containsExactly(after);
    assertThat(leftovers(warehouse)).as(description).isEmpty();
  }

  /** What is left outside the datasets when everything old is purged. */
  private static List<String> leftovers(Warehouse warehouse) throws IOException {
    warehouse.recover();
    new Purge(warehouse.disk(), new Layout(warehouse.root()), 1)
        .olderThan(Long.MAX_VALUE, List.of());
    var files = new ArrayList<String>();
    var found = warehouse.fileSystem().listFiles(warehouse.root(), true);
    while (found.hasNext()) {
      var path = found.next().getPath();
      if (!path.toString().startsWith(warehouse.root() + "/events/")) {
        files.add(path.toString());
      }
    }
    return files;
  }
}
