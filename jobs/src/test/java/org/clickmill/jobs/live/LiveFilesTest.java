package org.clickmill.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.LocalWarehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a run go with it, until a state names them. */
final class LiveFilesTest {
  private static final String DAY = "dt=2024-03-01";

  @TempDir private Path folder;
  private Warehouse warehouse;

  @BeforeEach
  void createWarehouse() throws IOException {
    warehouse = new LocalWarehouse(folder).warehouse();
  }

  @Test
  void whatNoStateNamesIsDiscarded() throws IOException {
    var files = new LiveFiles(warehouse, "run");
    var path = write(files);
    files.discard();
    assertThat(warehouse.fileSystem().exists(path)).isFalse();
  }

  @Test
  void whatAStateNamesIsNot() throws IOException {
    var files = new LiveFiles(warehouse, "run");
    var path = write(files);
    files.keep();
    files.discard();
    assertThat(warehouse.fileSystem().exists(path)).isTrue();
  }

  @Test
  void filesThatNoStateNamesGoWhenTheyAreOld() throws IOException {
    var files = new LiveFiles(warehouse, "run");
    var replaced = write(files);
    var used = write(files);
    var young = write(files);
    var old = write(files);
    var ofAnotherDay = files.path("dt=2024-02-29", "events-000-died.keys");
    warehouse.fileSystem().create(ofAnotherDay).close();
    long twoHoursAgo = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(2);
    for (var path : List.of(used, old, ofAnotherDay)) {
      warehouse.fileSystem().setTimes(path, twoHoursAgo, -1);
    }

    files.deleteUnused(state(1, replaced, used), state(2, used));

    assertThat(warehouse.fileSystem().exists(replaced)).isFalse();
    assertThat(warehouse.fileSystem().exists(used)).isTrue();
    assertThat(warehouse.fileSystem().exists(young)).isTrue();
    assertThat(warehouse.fileSystem().exists(old)).isFalse();
    assertThat(warehouse.fileSystem().exists(ofAnotherDay.getParent())).isFalse();
  }

  private static LiveState state(long sequence, org.apache.hadoop.fs.Path... files) {
    var runs = Arrays.stream(files).map(file -> new LiveState.IdRun(file.getName(), 0)).toList();
    var day = new LiveState.Day("run", 1, 0, new TreeMap<>(), new TreeMap<>(), runs);
    return new LiveState(
        LiveState.FORMAT_VERSION, sequence, "run", 1, "EVENT_ID", new TreeMap<>(Map.of(DAY, day)));
  }

  private static org.apache.hadoop.fs.Path write(LiveFiles files) throws IOException {
    var path = files.path(DAY, files.newFile(DAY, "ids", ".ids"));
    files.fileSystem().create(path).close();
    return path;
  }
}
