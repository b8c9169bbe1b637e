package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * Writes the hours of events of a warehouse that has none yet, one file each, and publishes them
 * with manifests as an import would. Every hour of a day is there, if need be without rows.
 */
final class HourSink implements EventSink {
  private static final long HOUR_SECONDS = 3600;
  private static final int HOURS_A_DAY = 24;
  private static final String RUN = "generated";

  private final Warehouse warehouse;
  private final List<StagedPartition> staged = new ArrayList<>();

  /** The hour to be written next, in hours since the epoch. */
  private long hour;

  private AvroEventWriter writer;
  private long eventIds;

  /**
   * @param firstSecond when the first day begins, in seconds since the epoch
   */
  HourSink(Warehouse warehouse, long firstSecond) {
    this.warehouse = warehouse;
    hour = firstSecond / HOUR_SECONDS;
  }

  @Override
  public void write(Event event) throws IOException {
    long eventHour = Math.floorDiv(event.getEventTime().getEpochSecond(), HOUR_SECONDS);
    while (hour < eventHour) {
      endHour();
    }
    if (writer == null) {
      var file = new Path(warehouse.stagingOf(RUN, partition()), "part-00000-" + RUN + ".avro");
      writer =
          AvroEventWriter.open(warehouse.fileSystem(), file, warehouse.configuration(), Set.of());
    }
    writer.write(event);
    eventIds += event.getEventId() == null ? 0 : 1;
  }

  private Partition partition() {
    var time = Instant.ofEpochSecond(hour * HOUR_SECONDS).atOffset(ZoneOffset.UTC);
    return Partition.ofHour(Datasets.EVENTS, time.toLocalDate(), time.getHour());
  }

  private void endHour() throws IOException {
    if (writer == null) {
      stage(List.of(), Fingerprint.EMPTY);
    } else {
      var written = writer.finish();
      writer = null;
      stage(List.of(written.file()), written.fingerprint());
    }
    eventIds = 0;
    hour++;
  }

  private void stage(List<DataFile> files, Fingerprint fingerprint) {
    var counts = new TreeMap<String, Long>();
    counts.put("rows", fingerprint.rows());
    counts.put("event_ids", eventIds);
    staged.add(
        new StagedPartition(
            partition(),
            0,
            files,
            fingerprint,
            List.of(),
            "import",
            1,
            new TreeMap<>(),
            counts,
            List.of()));
  }

  @Override
  public void finish() throws IOException {
    do {
      endHour();
    } while (hour % HOURS_A_DAY != 0);
    new Publisher(warehouse, RUN).publishAll(staged);
    warehouse.discardStaging(RUN);
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
