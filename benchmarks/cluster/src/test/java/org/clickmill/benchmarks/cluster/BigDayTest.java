package org.clickmill.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BigDayTest {
  @TempDir private Path folder;

  @Test
  void unknownShapeIsAUsageError() {
    assertThat(BigDay.run("--shape=round")).isEqualTo(2);
  }

  @Test
  void folderThatHoldsSomethingElseIsNotDeleted() throws IOException {
    var precious = Files.writeString(folder.resolve("precious"), "x");
    assertThat(BigDay.run("--output=" + folder, "--events=1")).isEqualTo(1);
    assertThat(precious).exists();
  }

  @Test
  void clusterNeedsRoomForAMasterAndATask() {
    assertThatThrownBy(() -> new ClusterOptions(1, 1024, 1024, "800m"))
        .hasMessage("Invalid cluster: there must be room for an ApplicationMaster and a task");
    assertThatThrownBy(() -> new ClusterOptions(2, 512, 1024, "800m"))
        .hasMessage("Invalid cluster: 2 nodes of 512 MB for containers of 1024 MB");
  }

  @Test
  void partitionsThatDifferOrAreMissingAreNamed() {
    var made = new Fingerprints(new TreeMap<>(Map.of("sales/dt=1", "1:a", "views/dt=1", "2:b")));
    var expected =
        new Fingerprints(
            new TreeMap<>(Map.of("sales/dt=1", "1:c", "funnel/dt=1", "3:d", "views/dt=1", "2:b")));
    assertThat(made.differences(expected))
        .containsExactly(
            "funnel/dt=1: absent on the cluster, 3:d without",
            "sales/dt=1: 1:a on the cluster, 1:c without");
    assertThat(made.differences(made)).isEmpty();
  }
}
