package org.clickmill.oozie;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Oozie's own parser takes the workflows: every transition leads somewhere, none in a circle, and
 * each fork has its join. It runs in a process of its own, on the class path of the server.
 */
final class SemanticsCheck implements Check {
  private static final Path JARS = Path.of("server/target/lib").toAbsolutePath();
  private static final Path PROGRAM =
      Path.of("src/test/oozie/ValidateWorkflows.java").toAbsolutePath();

  private final Path folder;

  /**
   * @param folder an empty one, for a copy of the files
   */
  SemanticsCheck(Path folder) {
    this.folder = folder;
  }

  /** Whether the build has put the server's jars aside. */
  static boolean canRun() {
    return Files.isDirectory(JARS);
  }

  @Override
  public List<Problem> problems(OozieFiles files) throws IOException, InterruptedException {
    files.write(folder.resolve("applications"));
    var answers = folder.resolve("answers");
    var log = folder.resolve("log");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Djava.io.tmpdir=" + folder,
                "-Doozie.home.dir=" + folder,
                "-cp",
                JARS + "/*",
                PROGRAM.toString(),
                folder.resolve("applications").toString())
            .redirectOutput(answers.toFile())
            .redirectError(log.toFile())
            .start();
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IOException(
          "Cannot validate (exit code " + exitCode + "): " + Files.readString(log));
    }
    return Files.readAllLines(answers).stream()
        .filter(line -> line.startsWith("refused\t"))
        .map(line -> line.split("\t", 3))
        .map(parts -> new Problem(parts[1], "workflow-app", parts[2]))
        .toList();
  }
}
