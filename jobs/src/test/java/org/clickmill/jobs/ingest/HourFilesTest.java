package org.clickmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Set;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.task.MapContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.clickmill.formats.event.Event;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.StagedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HourFilesTest {
  private static final Instant MIDNIGHT = Instant.parse("2019-10-01T00:00:00Z");

  private static final long FIRST = Hours.of(MIDNIGHT.toEpochMilli());

  @TempDir java.nio.file.Path folder;

  @Test
  void everyHourIsGivenUpThoughSomeCannotBeDeleted() throws Exception {
    var configuration = new Configuration(false);
    configuration.set("fs.defaultFS", "file:///");
    configuration.setClass(
        "fs.file.impl", Undeletable.class, org.apache.hadoop.fs.FileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    configuration.set("clickmill.internal.staging", folder + "/staging");
    var files =
        new HourFiles(staged(configuration), configuration, Hours::partition, "c1", Set.of());
    for (int hour = 0; hour < 4; hour++) {
      files.write(FIRST + hour, event(hour));
    }
    assertThatThrownBy(files::close)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot delete hour 0")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    try (var left = Files.walk(folder)) {
      assertThat(left.filter(path -> path.toString().endsWith(".avro"))).hasSize(2);
    }
  }

  @Test
  void hoursInOrderAreCompletedForLaterOnesAndHoursInNoOrderAreNot() throws Exception {
    var configuration = LocalWarehouse.configuration(folder);
    configuration.set("clickmill.internal.staging", folder + "/staging");
    try (var files =
        new HourFiles(staged(configuration), configuration, Hours::partition, null, Set.of())) {
      for (int hour = 0; hour < 64; hour++) {
        assertThat(files.takes(FIRST + hour)).isTrue();
        files.write(FIRST + hour, event(hour));
      }
      assertThat(files.takes(FIRST + 64)).as("64 hours are open").isFalse();
      assertThat(files.takes(FIRST + 5)).isTrue();
      for (int i = 0; i <= 100_000; i++) {
        files.write(FIRST + 63, event(63));
      }
      assertThat(files.takes(FIRST + 64)).as("the first hour was long ago").isTrue();
      files.write(FIRST + 64, event(64));
      assertThat(files.takes(FIRST)).as("the first hour is complete").isFalse();
      assertThat(files.written()).isEqualTo(64 + 100_001 + 1);
      files.finish();
    }
    try (var written = Files.walk(folder)) {
      assertThat(written.filter(path -> path.toString().endsWith(".avro"))).hasSize(65);
    }
  }

  private StagedFiles staged(Configuration configuration) throws Exception {
    var task = new TaskAttemptContextImpl(configuration, new TaskAttemptID());
    var committer = new FileOutputCommitter(new Path(folder.toUri()), task);
    return new StagedFiles(
        new MapContextImpl<>(
            configuration, new TaskAttemptID(), null, null, committer, null, null));
  }

  private static Event event(int hour) {
    var event = new Event();
    event.setEventTime(MIDNIGHT.plusSeconds(hour * 3600L));
    event.setEventType(new Utf8("view"));
    event.setSourceName(new Utf8("topic"));
    event.setQuantity(1);
    return event;
  }

  /** Cannot delete the first and the third hour. */
  public static final class Undeletable extends RawLocalFileSystem {
    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
      var folder = path.getParent().getName();
      if (folder.endsWith("00") || folder.endsWith("02")) {
        throw new IOException("Cannot delete hour " + folder.charAt(folder.length() - 1));
      }
      return super.delete(path, recursive);
    }
  }
}
