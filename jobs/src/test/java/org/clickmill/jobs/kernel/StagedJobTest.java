package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.mapreduce.Job;
import org.clickmill.jobs.LocalWarehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagedJobTest {
  @TempDir private Path folder;

  @Test
  void tasksAreNotRunTwiceUnlessTheUserOrASiteFileAsksForIt() throws IOException {
    var local = new LocalWarehouse(folder);
    assertThat(isSpeculative(local)).containsExactly(false, false);
    local.set("mapreduce.map.speculative", true);
    assertThat(isSpeculative(local)).containsExactly(true, false);
  }

  @Test
  void siteFileMayAskForSpeculation() throws IOException {
    var local = new LocalWarehouse(folder);
    var site = folder.resolve("mapred-site.xml");
    Files.writeString(
        site,
        "<configuration><property><name>mapreduce.reduce.speculative</name>"
            + "<value>true</value></property></configuration>",
        StandardCharsets.UTF_8);
    local.run().configuration().addResource(new org.apache.hadoop.fs.Path(site.toUri()));
    assertThat(isSpeculative(local)).containsExactly(false, true);
  }

  private static boolean[] isSpeculative(LocalWarehouse local) throws IOException {
    var job = new StagedJob(local.run(), "test", StagedJobTest.class).job().getConfiguration();
    return new boolean[] {
      job.getBoolean(Job.MAP_SPECULATIVE, true), job.getBoolean(Job.REDUCE_SPECULATIVE, true)
    };
  }
}
