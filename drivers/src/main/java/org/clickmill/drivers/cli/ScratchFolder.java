package org.clickmill.drivers.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileUtil;

/**
 * The folder for what Hadoop's local job runner spills: one a process, below java.io.tmpdir and
 * named after the user, readable by its owner only, gone when the process ends.
 */
final class ScratchFolder {
  private static final int DELETE_ATTEMPTS = 20;
  private static final int DELETE_PAUSE_MILLIS = 50;

  private ScratchFolder() {}

  static String path() {
    return Holder.FOLDER.toString();
  }

  private static Path create() {
    try {
      var folder = Files.createTempDirectory("clickmill-" + System.getProperty("user.name") + "-");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> delete(folder), "delete-scratch-folder"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a folder for temporary files", e);
    }
  }

  /** Tasks of a job that failed may still be writing; they end soon. */
  private static void delete(Path folder) {
    try {
      for (int attempt = 0; attempt < DELETE_ATTEMPTS && Files.exists(folder); attempt++) {
        if (attempt > 0) {
          Thread.sleep(DELETE_PAUSE_MILLIS);
        }
        FileUtil.fullyDelete(folder.toFile());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Holder {
    private static final Path FOLDER = create();
  }
}
