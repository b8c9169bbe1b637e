package org.clickmill.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveClusterTest {
  @TempDir private Path folder;

  @Test
  void noRoundsAreAnError() {
    assertThat(LiveCluster.run("--rounds=0", "--output=" + folder)).isEqualTo(1);
    assertThat(LiveCluster.run("--rounds=many")).isEqualTo(2);
  }

  @Test
  void folderThatHoldsSomethingElseIsNotDeleted() throws IOException {
    var precious = Files.writeString(folder.resolve("precious"), "x");
    assertThat(LiveCluster.run("--output=" + folder, "--rounds=1")).isEqualTo(1);
    assertThat(precious).exists();
  }
}
