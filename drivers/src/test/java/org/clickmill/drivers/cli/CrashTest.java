package org.clickmill.drivers.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Set {@code clickmill.test.crashes} to crash more often, or at {@code all} changes; {@code
 * clickmill.test.seed} to repeat.
 */
final class CrashTest {
  @TempDir Path folder;

  @Test
  void rerunAfterACrashAnywhereGivesTheSameRows() throws IOException {
    var input = SmallShop.generate(folder.resolve("raw"), 300, 2);
    new CrashedRuns(input, new Configuration(), SmallShop.path(folder.resolve("shops"))).crash(10);
  }
}
