package org.clickmill.jobs.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.EventBatchReader;
import org.clickmill.formats.read.InputFile;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.KernelSettings;

/**
 * The events of an hour in order. They are sorted in memory; an hour that is too large for that is
 * merged while it is read, if each of its files is in order, as import writes them.
 */
final class HourEvents implements Closeable {
  private final List<InputFile> files;
  private final Configuration configuration;
  private final long hour;
  private final long budget;
  private final List<EventBatchReader> streams = new ArrayList<>();
  private long memory;

  /** The hour cannot be put in order with the memory there is, so it has to be shuffled. */
  static final class NeedsShuffleException extends IOException {
    private static final long serialVersionUID = 1L;

    NeedsShuffleException(InputFile file, String reason) {
      super("Cannot sort " + file.path() + " in memory: " + reason);
    }
  }

  /**
   * @param files all of one hour
   */
  HourEvents(List<InputFile> files, Configuration configuration) {
    this.files = files;
    this.configuration = configuration;
    hour = Hours.of(files.get(0).partition());
    budget = (long) KernelSettings.FOLD_MEMORY_MB.get(configuration) << 20;
  }

  /**
   * The events in order, to be read before this is closed.
   *
   * @throws NeedsShuffleException from here, or while the events are read
   */
  MergedRuns open() throws IOException {
    var held = held();
    return MergedRuns.of(held.isPresent() ? held.get() : streamed());
  }

  @Override
  public void close() throws IOException {
    for (var stream : streams) {
      stream.close();
    }
  }

  /** All events as runs in memory, or empty if they take too much of it. */
  private Optional<List<EventRun>> held() throws IOException {
    var runs = new ArrayList<List<SortedBatch>>();
    for (var file : files) {
      SortedBatch last = null;
      try (var reader = open(file)) {
        for (var batch = next(reader, file); batch != null; batch = next(reader, file)) {
          memory += batch.memoryBytes();
          if (memory > budget) {
            return Optional.empty();
          }
          // Batches that follow each other are one run: their events are not compared again.
          if (last == null || !batch.follows(last)) {
            runs.add(new ArrayList<>());
          }
          runs.get(runs.size() - 1).add(batch);
          last = batch;
        }
      }
    }
    return Optional.of(
        runs.stream()
            .map(List::iterator)
            .map(batches -> new EventRun(() -> batches.hasNext() ? batches.next() : null))
            .toList());
  }

  /** Each file as a run, of which one batch at a time is in memory. */
  private List<EventRun> streamed() throws IOException {
    memory = 0;
    var runs = new ArrayList<EventRun>();
    for (var file : files) {
      var stream = open(file);
      streams.add(stream);
      runs.add(new EventRun(new FileInOrder(file, stream)));
    }
    return runs;
  }

  private EventBatchReader open(InputFile file) throws IOException {
    var fileSystem = new Path(file.path()).getFileSystem(configuration);
    return EventBatchReader.open(fileSystem, file, configuration);
  }

  private SortedBatch next(EventBatchReader reader, InputFile file) throws IOException {
    var batch = reader.next();
    if (batch == null) {
      return null;
    }
    for (int row = 0; row < batch.size(); row++) {
      if (Hours.of(batch.eventTime(row)) != hour) {
        throw ClickmillException.failed(
            "Cannot read %s: it has an event of %s",
            file.path(), Instant.ofEpochMilli(batch.eventTime(row)));
      }
    }
    return SortedBatch.of(batch);
  }

  /** The batches of a file that is believed to be in order. */
  private final class FileInOrder implements EventRun.Source {
    private final InputFile file;
    private final EventBatchReader stream;
    private SortedBatch last;

    FileInOrder(InputFile file, EventBatchReader stream) {
      this.file = file;
      this.stream = stream;
    }

    @Override
    public SortedBatch next() throws IOException {
      var batch = HourEvents.this.next(stream, file);
      if (batch == null) {
        return null;
      }
      if (last == null) {
        memory += batch.memoryBytes();
      }
      if (memory > budget) {
        throw new NeedsShuffleException(file, "the hour's batches take too much memory");
      }
      if (!batch.wasInOrder() || last != null && !batch.follows(last)) {
        throw new NeedsShuffleException(file, "it is large and not in order");
      }
      last = batch;
      return batch;
    }
  }
}
