package org.clickmill.drivers.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Hadoop needs of its native library with Kerberos, made from {@code src/test/native}. */
final class NativeLibrary {
  private static final Path SOURCE = Path.of("src/test/native/hadoop.c").toAbsolutePath();

  private NativeLibrary() {}

  /** Whether there is a compiler. */
  static boolean canBeMade() throws InterruptedException {
    try {
      return new ProcessBuilder("gcc", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Compiles it into a folder, which it returns. */
  static Path make(Path folder) throws IOException, InterruptedException {
    var include = Path.of(System.getProperty("java.home"), "include");
    var compiler =
        new ProcessBuilder(
                "gcc",
                "-std=gnu11",
                "-O1",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-shared",
                "-fPIC",
                "-I" + include,
                "-I" + include.resolve("linux"),
                "-o",
                Files.createDirectories(folder).resolve("libhadoop.so").toString(),
                SOURCE.toString())
            .redirectErrorStream(true)
            .start();
    compiler.getOutputStream().close();
    var said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (compiler.waitFor() != 0) {
      throw new IOException("gcc: " + said);
    }
    return folder;
  }
}
