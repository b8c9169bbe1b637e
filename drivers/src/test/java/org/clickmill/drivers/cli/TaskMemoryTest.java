package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TaskMemoryTest {
  @ParameterizedTest
  @CsvSource({
    // heap, processors: slots, fold, compact
    "256, 2, 1, 32, 85",
    "512, 2, 2, 32, 85",
    "512, 8, 2, 32, 85",
    "12000, 2, 2, 256, 2808",
    "100, 4, 1, 16, 33",
  })
  void localTasksShareTheHeap(int heapMb, int processors, int slots, int foldMb, int compactMb) {
    var settings = TaskMemory.ofLocal(heapMb, processors);
    assertThat(settings)
        .containsEntry("mapreduce.local.map.tasks.maximum", "" + slots)
        .containsEntry("mapreduce.local.reduce.tasks.maximum", "" + slots)
        .containsEntry("clickmill.fold.memory-mb", "" + foldMb)
        .containsEntry("clickmill.compact.memory-mb", "" + compactMb);
    // Hadoop's reducers take seven tenths of this each, and two steps may run side by side.
    long fetched = Long.parseLong(settings.get("mapreduce.reduce.memory.totalbytes")) * 7 / 10;
    assertThat(2 * slots * fetched).isLessThan((long) heapMb << 19);
  }

  @Test
  void clusterTasksDivideTheHeapOfTheirProcess() {
    var cluster = cluster("-Xmx800m -XX:+UseSerialGC", "-Xmx2g");
    assertThat(TaskMemory.ofCluster(cluster))
        .containsEntry("clickmill.fold.memory-mb", "200")
        .containsEntry("clickmill.compact.memory-mb", "266")
        .containsEntry("mapreduce.task.io.sort.mb", "100")
        .containsEntry("mapreduce.reduce.shuffle.input.buffer.percent", "0.5");
    cluster.set("mapreduce.reduce.java.opts", "-Xmx256m");
    assertThat(TaskMemory.ofCluster(cluster))
        .containsEntry("clickmill.fold.memory-mb", "64")
        .containsEntry("clickmill.compact.memory-mb", "85")
        .containsEntry("mapreduce.task.io.sort.mb", "32");
  }

  @Test
  void heapOfContainersWithoutOptionsIsFourFifthsOfTheirMemory() {
    var cluster = new Configuration();
    cluster.set("mapreduce.map.memory.mb", "1000");
    cluster.set("mapreduce.reduce.memory.mb", "1000");
    assertThat(TaskMemory.ofCluster(cluster)).containsEntry("clickmill.fold.memory-mb", "200");
  }

  @Test
  void smallJobsRunInMastersThatHaveTheHeapOfATask() {
    var cluster = cluster("-Xmx1g", "-Xmx2g");
    assertThat(TaskMemory.ofCluster(cluster))
        .containsEntry("mapreduce.job.ubertask.enable", "true")
        .containsEntry("mapreduce.job.ubertask.maxmaps", "1");
    cluster.set("yarn.app.mapreduce.am.command-opts", "-Xmx900m");
    assertThat(TaskMemory.ofCluster(cluster)).doesNotContainKey("mapreduce.job.ubertask.enable");
  }

  private static Configuration cluster(String mapOptions, String reduceOptions) {
    var cluster = new Configuration();
    cluster.set("mapreduce.map.java.opts", mapOptions);
    cluster.set("mapreduce.reduce.java.opts", reduceOptions);
    return cluster;
  }
}
