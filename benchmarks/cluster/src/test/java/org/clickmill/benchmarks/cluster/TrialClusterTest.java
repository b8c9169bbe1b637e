package org.clickmill.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrialClusterTest {
  @TempDir private Path folder;

  @Test
  void clusterWithoutRoomForATaskIsAnError() {
    assertThat(TrialCluster.run("--nodes=0", "--output=" + folder)).isEqualTo(1);
    assertThat(TrialCluster.run("--node-mb=1024", "--output=" + folder)).isEqualTo(1);
    assertThat(TrialCluster.run("--nodes=many")).isEqualTo(2);
  }

  @Test
  void folderThatHoldsSomethingElseIsNotDeleted() throws IOException {
    var precious = Files.writeString(folder.resolve("precious"), "x");
    assertThat(TrialCluster.run("--output=" + folder)).isEqualTo(1);
    assertThat(Versions.run("--output=" + folder)).isEqualTo(1);
    assertThat(precious).exists();
  }

  @Test
  void softwareThatThereIsNotIsNamed() {
    assertThatThrownBy(() -> Software.of(folder, "latest", null))
        .isInstanceOf(BigDayException.class)
        .hasMessage("Invalid version of Hadoop: latest (expected one as 3.4.1)");
    assertThatThrownBy(() -> Software.of(folder, null, folder))
        .isInstanceOf(BigDayException.class)
        .hasMessage("Invalid Java home: there is no bin/java in " + folder);
  }

  @Test
  void javaTellsItsVersion() throws Exception {
    assertThat(Software.of(folder, null, null).javaVersion())
        .isEqualTo(System.getProperty("java.version"));
  }

  @Test
  void noEventsAreAnError() {
    assertThat(Versions.run("--events=0", "--output=" + folder)).isEqualTo(1);
  }
}
