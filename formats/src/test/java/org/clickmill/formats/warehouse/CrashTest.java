package org.clickmill.formats.warehouse;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrashTest {
  @TempDir java.nio.file.Path folder;

  @ParameterizedTest
  @EnumSource
  void crashAtAnyChangeLeavesNothingHalf(CrashScenario scenario) throws IOException {
    scenario.crashEverywhere(new Configuration(), new Path(folder.toUri()));
  }

  @ParameterizedTest
  @EnumSource
  void crashOfTheRecoveryLeavesNothingHalf(CrashScenario scenario) throws IOException {
    scenario.crashTwiceEverywhere(new Configuration(), new Path(folder.toUri()));
  }
}
