package org.clickmill.jobs.live;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.ingest.IngestSettings.Deduplicate;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.live.LiveState.BucketFiles;
import org.clickmill.jobs.live.LiveState.HourFile;
import org.clickmill.jobs.live.LiveState.IdRun;

/** Makes the next state of a day: its changed buckets, and the hours that these lie in. */
final class DayBuilder {
  private final Run run;
  private final LiveFiles files;
  private final String day;
  private final LiveState.Day before;
  private final BucketBuilder builder;
  private final SortedMap<Integer, BucketFiles> buckets;
  private final SortedSet<Integer> changedHours = new TreeSet<>();

  DayBuilder(Run run, LiveFiles files, Deduplicate deduplicate, String day, LiveState.Day before) {
    this.run = run;
    this.files = files;
    this.day = day;
    this.before = before;
    builder = new BucketBuilder(files, deduplicate);
    buckets = new TreeMap<>(before.buckets());
  }

  /** Builds a bucket with new events. */
  void build(int bucket, KeyStream added) throws IOException {
    buckets.put(bucket, builder.build(day, bucket, buckets.get(bucket), added));
    changedHours.add(bucket / Bucket.AN_HOUR);
  }

  /**
   * The state, after all buckets.
   *
   * @param commit the loader's commit up to which it stands
   * @param ids where the event_ids stand now; null if there are no new ones
   * @param dropped duplicates that came to no bucket
   */
  LiveState.Day finish(long commit, List<IdRun> ids, long dropped) throws IOException {
    var hours = new TreeMap<>(before.hours());
    for (int hour : changedHours) {
      var written = write(hour);
      if (written == null) {
        hours.remove(hour);
      } else {
        hours.put(hour, written);
      }
    }
    return new LiveState.Day(
        run.id(),
        commit,
        before.duplicates() + builder.dropped() + dropped,
        buckets,
        hours,
        ids == null ? before.ids() : ids);
  }

  /** Writes the rows of an hour; null if there are none. */
  private HourFile write(int hour) throws IOException {
    var name = files.newFile(day, String.format(Locale.ROOT, "part-%02d", hour), ".parquet");
    var date = new Partition(Live.LIVE_SALES, day).day();
    var row = new Row(Live.SALES);
    try (var writer =
        ParquetTableWriter.open(
            files.fileSystem(), files.path(day, name), Live.SALES, run.configuration())) {
      int first = hour * Bucket.AN_HOUR;
      for (var bucket : buckets.subMap(first, first + Bucket.AN_HOUR).entrySet()) {
        long start = Bucket.start(date, bucket.getKey());
        BucketBuilder.readRows(
            files,
            day,
            bucket.getValue(),
            sales -> {
              sales.fill(row, start);
              writer.write(row);
            });
      }
      if (writer.fingerprint().isEmpty()) {
        return null;
      }
      var written = writer.finish();
      return new HourFile(written.file(), written.fingerprint());
    }
  }
}
