package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Where the answers of earlier rounds wait until all is measured. To delete them before a round
 * would be unfair to who creates many files: ext4 passes over the inodes of files deleted in the
 * last minutes one by one, which makes each creation up to twenty times as slow.
 *
 * @param folder on the file system of all that is discarded
 */
record Discarded(Path folder) {
  /** Moves a folder away, if it is there. */
  void take(Path path) throws IOException {
    if (Files.exists(path)) {
      Files.createDirectories(folder);
      Files.move(path, folder.resolve(UUID.randomUUID().toString()));
    }
  }

  /** Deletes what was discarded. */
  void delete() throws IOException {
    GeneratedWarehouse.delete(folder);
  }
}
