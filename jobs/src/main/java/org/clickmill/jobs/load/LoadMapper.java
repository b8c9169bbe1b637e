package org.clickmill.jobs.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Reject;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.mapping.Message;
import org.clickmill.formats.mapping.MessageDecoder;
import org.clickmill.formats.mapping.MessageDecoder.Outcome;
import org.clickmill.formats.parquet.RejectWriter;
import org.clickmill.formats.privacy.Door;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.ingest.HourFiles;
import org.clickmill.jobs.ingest.JobDoor;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.TaskFailures;
import org.clickmill.jobs.load.RangeInputFormat.RangeSplit;

/** Reads ranges of offsets and writes their events into a file an hour. */
final class LoadMapper extends Mapper<NullWritable, NullWritable, Object, Object> {
  /** The note with the {@link RangeReport} of each range. */
  static final String RANGES = "ranges";

  /** The note with the first reasons of rejects. */
  static final String REASONS = "reasons";

  private static final int REASONS_SHOWN = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(
        context,
        () -> {
          var ranges = ((RangeSplit) context.getInputSplit()).ranges();
          try (var shipped = ShippedClient.receive(context);
              var load = new Load(context, shipped.client())) {
            load.read(ranges);
          }
        });
  }

  /** What a task made of a range. */
  record RangeReport(OffsetRange range, RangeCounts counts) {
    static RangeReport parse(String json) throws IOException {
      return JSON.readValue(json, RangeReport.class);
    }
  }

  private static final class Load implements AutoCloseable {
    private final Context context;
    private final KafkaClient client;
    private final LoadTask task;
    private final MessageDecoder decoder;
    private final Message message = new Message();
    private final StagedFiles files;
    private final HourFiles hours;
    private final Partition rejectPartition;

    /** Null if events come in as they are. */
    private final Door door;

    private final List<String> reasons = new ArrayList<>();
    private RejectWriter rejects;
    private long events;
    private long late;
    private long rejected;
    private long tombstones;
    private long filtered;
    private long added;
    private long forgotten;

    private Load(Context context, KafkaClient client) throws IOException, InterruptedException {
      this.context = context;
      this.client = client;
      var configuration = context.getConfiguration();
      task = LoadTask.read(configuration);
      var mapping = Mapping.parse(task.mapping(), "the load's mapping").withCurrency(configuration);
      decoder = task.format().decoder(mapping, client.properties(), configuration);
      files = new StagedFiles(context);
      hours =
          new HourFiles(
              files,
              configuration,
              this::partition,
              CommitLog.filePrefix(task.sequence()),
              mapping.extraColumns(),
              JobDoor.generation(configuration));
      door = JobDoor.receive(context);
      rejectPartition = new Partition(Datasets.REJECTS, task.rejects());
    }

    private void read(List<OffsetRange> ranges) throws IOException, InterruptedException {
      try (var consumer = new RangeConsumer(client, context.getConfiguration())) {
        for (var range : ranges) {
          events = 0;
          late = 0;
          rejected = 0;
          tombstones = 0;
          filtered = 0;
          added = 0;
          forgotten = 0;
          consumer.read(range, this::accept, context::progress);
          long records = events + late + rejected + tombstones + filtered + forgotten - added;
          long gaps = range.length() - records;
          var counts =
              new RangeCounts(events, late, rejected, tombstones, filtered, added, gaps, forgotten);
          files.note(RANGES, JSON.writeValueAsString(new RangeReport(range, counts)));
        }
      }
      finish();
    }

    private void accept(ConsumerRecord<byte[], ByteBuffer> given) throws IOException {
      message.reset(given.topic(), given.partition(), given.offset(), given.timestamp());
      message.key(given.key()).value(given.value());
      for (var header : given.headers()) {
        message.header(header.key(), header.value());
      }
      take(decoder.decode(message));
      for (var more = decoder.next(); more != null; more = decoder.next()) {
        added++;
        take(more);
      }
    }

    private void take(Outcome outcome) throws IOException {
      switch (outcome) {
        case EVENT -> write(decoder.event());
        case REJECT -> reject(decoder.reject());
        case TOMBSTONE -> tombstones++;
        case FILTERED -> filtered++;
      }
    }

    private void write(Event event) throws IOException {
      if (door != null && !door.admits(event)) {
        forgotten++;
        return;
      }
      long time = event.getEventTime().toEpochMilli();
      if (time < task.oldest()) {
        reject(
            decoder.rejectFor(
                "field event_time: "
                    + event.getEventTime()
                    + " is too old ("
                    + LoadSettings.MAX_AGE_DAYS
                    + ")"));
      } else if (time > task.newest()) {
        reject(
            decoder.rejectFor(
                "field event_time: " + event.getEventTime() + " is over an hour in the future"));
      } else {
        long hour = Hours.of(time);
        hours.write(hour, event);
        if (isLate(hour)) {
          late++;
        } else {
          events++;
        }
      }
    }

    private boolean isLate(long hour) {
      return hour < task.watermark();
    }

    private Partition partition(long hour) {
      var dataset = isLate(hour) ? Datasets.LATE : Datasets.EVENTS;
      return new Partition(dataset, Hours.partition(hour).path());
    }

    private void reject(Reject reject) throws IOException {
      if (rejects == null) {
        var path =
            files.newFile(rejectPartition, CommitLog.filePrefix(task.sequence()), ".parquet");
        var configuration = context.getConfiguration();
        rejects = RejectWriter.open(path.getFileSystem(configuration), path, configuration);
      }
      if (door != null) {
        Door.redact(reject);
      }
      rejects.write(reject);
      if (reasons.size() < REASONS_SHOWN) {
        reasons.add(
            reject.getSourceName()
                + "-"
                + reject.getSourcePartition()
                + ", offset "
                + reject.getSourceOffset()
                + ": "
                + reject.getReason());
      }
      rejected++;
    }

    private void finish() throws IOException {
      hours.finish();
      if (rejects != null) {
        files.add(rejectPartition, rejects.finish(), new TreeMap<>(), new TreeMap<>());
        rejects = null;
      }
      reasons.forEach(reason -> files.note(REASONS, reason));
      files.report();
    }

    @Override
    public void close() throws IOException {
      try (hours) {
        if (rejects != null) {
          rejects.close();
        }
      }
    }
  }
}
