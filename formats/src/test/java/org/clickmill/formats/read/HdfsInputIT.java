package org.clickmill.formats.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.EventRows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Splits and reading on HDFS. */
final class HdfsInputIT {
  private static final BatchRequest WANTED =
      BatchRequest.of(EventRows.SCHEMA, List.of("event_time"));

  @TempDir java.nio.file.Path folder;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private MiniDFSCluster cluster;
  private FileSystem fileSystem;
  private Configuration configuration;

  @BeforeEach
  void startCluster() throws IOException {
    configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    configuration.setInt("dfs.replication", 1);
    configuration.set("mapreduce.framework.name", "yarn");
    configuration.setInt("clickmill.split.max-mb", 1);
    configuration.setInt("clickmill.parquet.row-group-mb", 1);
    cluster =
        new MiniDFSCluster.Builder(configuration)
            .numDataNodes(2)
            .hosts(new String[] {"one.example", "two.example"})
            .build();
    cluster.waitActive();
    fileSystem = cluster.getFileSystem();
  }

  @AfterEach
  void stopCluster() {
    cluster.shutdown();
  }

  @Test
  void splitsNameTheHostsThatHoldThemAndCoverEachRowOnce() throws Exception {
    var day = RandomEvents.ofDay(RandomEvents.DAY, 150_000, random);
    var hour = RandomEvents.ofDay(RandomEvents.DAY.plusDays(1), 5_000, random);
    var files =
        List.of(
            RandomEvents.writeParquet(
                fileSystem, qualified("/events_daily/day.parquet"), day, configuration),
            RandomEvents.writeAvro(
                fileSystem, qualified("/events/hour.avro"), hour, configuration));
    var job = Job.getInstance(configuration);
    BatchInput.configure(
        job.getConfiguration(),
        new Path("/_staging/files.json"),
        files,
        Map.of("sample", WANTED, "events", WANTED));
    var found = new ArrayList<Long>();
    var format = new BatchInputFormat();
    var splits = format.getSplits(job);
    assertThat(splits).hasSizeGreaterThan(2);
    for (var split : splits) {
      assertThat(split.getLocations()).isNotEmpty();
      assertThat(List.of("one.example", "two.example")).contains(split.getLocations());
      var context = new TaskAttemptContextImpl(job.getConfiguration(), new TaskAttemptID());
      try (var reader = format.createRecordReader(split, context)) {
        reader.initialize(split, context);
        while (reader.nextKeyValue()) {
          var batch = reader.getCurrentValue();
          for (int row = 0; row < batch.size(); row++) {
            found.add(batch.longs("event_time").values()[row]);
          }
        }
      }
    }
    var expected = new ArrayList<Long>();
    for (var events : List.of(hour, day)) {
      for (Event event : events) {
        expected.add(event.getEventTime().toEpochMilli());
      }
    }
    assertThat(found).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
  }

  private Path qualified(String path) {
    return fileSystem.makeQualified(new Path(path));
  }
}
