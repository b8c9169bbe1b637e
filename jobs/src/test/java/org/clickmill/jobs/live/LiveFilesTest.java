package org.clickmill.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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

  private static org.apache.hadoop.fs.Path write(LiveFiles files) throws IOException {
    var path = files.path(DAY, files.newFile(DAY, "ids", ".ids"));
    files.fileSystem().create(path).close();
    return path;
  }
}
