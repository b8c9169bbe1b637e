package org.clickmill.testdata.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Hadoop needs of its native library with Kerberos, made for tests from a file in C. */
public final class NativeLibrary {
  private NativeLibrary() {}

  /** Whether there is a compiler. */
  public static boolean canBeMade() throws InterruptedException {
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

  /**
   * Compiles it.
   *
   * @param source the file in C
   * @param folder for the library; made if missing
   * @return the folder
   */
  public static Path make(Path source, Path folder) throws IOException, InterruptedException {
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
                source.toAbsolutePath().toString())
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
