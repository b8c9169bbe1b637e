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
  private ScratchFolder() {}

  static String path() {
    return Holder.FOLDER.toString();
  }

  private static Path create() {
    try {
      var folder = Files.createTempDirectory("clickmill-" + System.getProperty("user.name") + "-");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> FileUtil.fullyDelete(folder.toFile()), "scratch"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a folder for temporary files", e);
    }
  }

  private static final class Holder {
    private static final Path FOLDER = create();
  }
}
