package org.clickmill.formats.mapping;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The folder of real data that tests may read where it is present. */
final class SharedData {
  private SharedData() {}

  /** A file or folder below data, or the test is skipped. */
  static Path require(String path) {
    var root = System.getProperty("clickmill.shared", "../shared");
    var found = Path.of(root, "data").resolve(path).toAbsolutePath();
    Assumptions.assumeTrue(Files.exists(found), "needs " + found);
    return found;
  }
}
