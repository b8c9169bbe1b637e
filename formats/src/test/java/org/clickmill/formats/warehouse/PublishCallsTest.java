package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a publish calls the file system for each of many partitions. */
final class PublishCallsTest {
  private static final int DAYS = 60;

  @TempDir java.nio.file.Path folder;
  private final Map<String, Integer> calls = new ConcurrentSkipListMap<>();

  @Test
  void publishCallsTheFileSystemAtMostTwelveTimesAPartition() throws IOException {
    var warehouse = warehouse();
    assertThat(callsOfPublishing(warehouse, 0, "new")).as("new: %s", calls).isLessThan(12);
    // The first time, each makes a folder in the trash.
    assertThat(callsOfPublishing(warehouse, 1, "replaced")).as("%s", calls).isLessThan(13.5);
    assertThat(callsOfPublishing(warehouse, 2, "replaced again"))
        .as("replaced again: %s", calls)
        .isLessThan(12.5);
    assertThat(callsOfPublishing(warehouse, 3, "replaced again"))
        .as("renewed: %s", calls)
        .isLessThan(8.5);
  }

  /** As the sessions that are open at the end of a day are read by the next. */
  @Test
  void publishingDaysOfWhichEachIsMadeFromTheOneBeforeCostsTwoCallsMore() throws IOException {
    var warehouse = warehouse();
    var staged = new ArrayList<StagedPartition>();
    var staging = new Staging(warehouse, "run");
    for (int day = 0; day < DAYS; day++) {
      var partition = Partition.ofDay("open_sessions", LocalDate.of(2019, 9, 1).plusDays(day));
      staged.add(staging.stageOn(0, partition, "row"));
      staging.reading(Manifest.Input.of(partition, 1));
    }
    assertThat(callsOfPublishing(warehouse, "run", staged)).as("%s", calls).isLessThan(14);
  }

  private Warehouse warehouse() throws IOException {
    var configuration = new Configuration();
    Warehouse.openOrCreate(new Path(folder.toUri()), configuration);
    var fs =
        new StepwiseFileSystem(
            (call, path) -> {
              if (!isOfTheLocalDiskItself(call, path)) {
                calls.merge(call + " " + path.getName(), 1, Integer::sum);
              }
            });
    fs.initialize(URI.create("file:///"), configuration);
    return Warehouse.over(fs, new Path(folder.toUri()), configuration);
  }

  /** Setting a time begins with a look at what is there; a NameNode does that itself. */
  private static boolean isOfTheLocalDiskItself(String call, Path path) {
    return call.equals("getFileStatus") && path.getName().startsWith("dt=");
  }

  private double callsOfPublishing(Warehouse warehouse, int revision, String row)
      throws IOException {
    var runId = "run-" + revision;
    var staged = new ArrayList<StagedPartition>();
    for (int day = 0; day < DAYS; day++) {
      var partition = Partition.ofDay("sales", LocalDate.of(2019, 9, 1).plusDays(day));
      staged.add(new Staging(warehouse, runId).stageOn(revision, partition, row));
    }
    return callsOfPublishing(warehouse, runId, staged);
  }

  private double callsOfPublishing(Warehouse warehouse, String runId, List<StagedPartition> staged)
      throws IOException {
    calls.clear();
    new Publisher(warehouse, runId).publishAll(staged);
    return calls.values().stream().mapToInt(Integer::intValue).sum() / (double) DAYS;
  }
}
