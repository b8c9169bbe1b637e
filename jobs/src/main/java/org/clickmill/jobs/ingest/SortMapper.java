package org.clickmill.jobs.ingest;

import java.io.IOException;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.TaskFailures;

/**
 * Sorts hash ranges of days in memory and writes them: the shuffle of {@link CompactMapper} and
 * {@link CompactReducer} left out. Ranges for which there is not enough memory are left as they
 * were, and noted.
 */
final class SortMapper extends Mapper<NullWritable, Text, Object, Object> {
  /** The note that names ranges to be shuffled. */
  static final String NEEDS_SHUFFLE = "needs_shuffle";

  /** About what a byte of a compressed file becomes as keys. */
  private static final long KEY_BYTES_A_BYTE = 8;

  private KeySorter sorter;
  private final RepeatedIds ids = new RepeatedIds();
  private final ClusterKey key = new ClusterKey();
  private StagedFiles files;
  private long read;

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(context, IngestSettings.COMPACT_MEMORY_MB, () -> super.run(context));
  }

  @Override
  protected void setup(Context context) {
    long budget = IngestSettings.compactMemoryBytes(context.getConfiguration());
    sorter = new KeySorter(budget);
    files = new StagedFiles(context);
  }

  @Override
  protected void map(NullWritable none, Text description, Context context) throws IOException {
    var range = BundleInputFormat.describe(description, DayRange.class);
    if (!read(range, context)) {
      files.note(NEEDS_SHUFFLE, range.name());
      return;
    }
    if (range.findsDuplicates()) {
      ids.drop(sorter);
    }
    try (var days = new DayFiles(context, files)) {
      sorter.sortInto(days::write);
      days.finish(sorter.droppedKeys());
    }
    files.count(IngestCounter.RECORDS_READ, read);
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    files.report();
  }

  /** Reads the events of some ranges; false if they do not fit into memory. */
  private boolean read(DayRange range, Context context) throws IOException {
    sorter.begin(
        range.span(),
        range.bytes() * KEY_BYTES_A_BYTE / range.span().ranges() * range.span().size(),
        range.findsDuplicates() ? RepeatedIds.bytesAnId() : 0);
    ids.clear();
    read = 0;
    for (var file : range.dropped()) {
      try (var events = new HourReader(file, range.span(), context.getConfiguration())) {
        while (events.next()) {
          events.encode(key);
          key.drop();
          if (sorter.add(key) == KeySorter.NO_ROOM) {
            return false;
          }
        }
      }
    }
    for (var file : range.hours()) {
      try (var events = new HourReader(file, range.span(), context.getConfiguration())) {
        while (events.next()) {
          events.encode(key);
          long place = sorter.add(key);
          if (place == KeySorter.NO_ROOM) {
            return false;
          }
          read++;
          if (range.findsDuplicates() && events.hasEventId()) {
            ids.add(events.eventIdHash(), (int) place);
          }
        }
      }
      context.progress();
    }
    return true;
  }
}
