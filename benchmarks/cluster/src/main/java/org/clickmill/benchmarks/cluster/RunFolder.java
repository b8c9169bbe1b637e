package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options for where a command finds the repository, and puts its files. */
final class RunFolder {
  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Folder for everything; what an earlier run left there is deleted (default: one in"
              + " benchmarks/target).")
  private Path output;

  @Option(names = "--home", hidden = true)
  private Path home = Path.of("");

  /** The repository's root folder. */
  Path home() {
    return home.toAbsolutePath().normalize();
  }

  /**
   * Empties the folder, and creates it if there is none.
   *
   * @param name in benchmarks/target, unless the option names a folder
   */
  Path prepare(String name) throws IOException {
    var folder = output == null ? home().resolve("benchmarks/target").resolve(name) : output;
    var absolute = folder.toAbsolutePath().normalize();
    OutputFolder.prepare(absolute);
    return absolute;
  }
}
