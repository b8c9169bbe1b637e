package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Partitioner;
import org.apache.hadoop.mapreduce.Reducer;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.KernelSettings;
import org.clickmill.jobs.kernel.Reducers;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.StagedJob;
import org.clickmill.jobs.kernel.TaskFailures;

/**
 * Finds the events of a day whose event_id an earlier one has: a secondary sort of the events that
 * have one by the 128-bit hash of the id and then by content. Of each id all but the first are
 * written to files of events that are to be dropped, for days that no task sees as a whole.
 */
final class RepeatedIdsJob {
  private static final String DATASET = "_repeated_ids";

  private final Run run;

  RepeatedIdsJob(Run run) {
    this.run = run;
  }

  /** Runs it over some days and returns the files of the events to be dropped of each. */
  Map<LocalDate, List<InputFile>> run(List<CompactPlan.Day> days)
      throws IOException, InterruptedException {
    var staged = new StagedJob(run, "find repeated event ids", RepeatedIdsJob.class);
    var job = staged.job();
    var files = days.stream().flatMap(day -> day.hours().stream()).toList();
    BundleInputFormat.configure(
        job.getConfiguration(),
        run.warehouse().fileSystem(),
        staged.file("_input-repeated-ids.json"),
        files.stream()
            .map(file -> BundleInputFormat.item(file.bytes(), file, List.of(file)))
            .toList());
    job.setInputFormatClass(BundleInputFormat.class);
    job.setMapperClass(IdMapper.class);
    job.setMapOutputKeyClass(BytesWritable.class);
    job.setMapOutputValueClass(NullWritable.class);
    job.setPartitionerClass(ById.class);
    job.setGroupingComparatorClass(SameId.class);
    job.setReducerClass(RepeatReducer.class);
    long bytes = files.stream().mapToLong(InputFile::bytes).sum();
    long perReducer = KernelSettings.REDUCER_INPUT_MB.get(job.getConfiguration()) * (1L << 20);
    job.setNumReduceTasks(
        Reducers.number(
            job.getConfiguration(), Reducers.byBytes(bytes, perReducer), Integer.MAX_VALUE));
    var dropped = new HashMap<LocalDate, List<InputFile>>();
    for (var file : staged.run().files()) {
      var folder = run.warehouse().stagingOf(run.id(), file.partition());
      var path = new Path(folder, file.file().name()).toString();
      dropped
          .computeIfAbsent(file.partition().day(), any -> new ArrayList<>())
          .add(new InputFile(path, file.partition(), file.file().bytes()));
    }
    return dropped;
  }

  /** Emits the events that have an event_id. */
  static final class IdMapper extends Mapper<NullWritable, Text, BytesWritable, NullWritable> {
    private final ByteWriter key = new ByteWriter();
    private final BytesWritable output = new BytesWritable();

    @Override
    public void run(Context context) throws IOException, InterruptedException {
      TaskFailures.tell(context, () -> super.run(context));
    }

    @Override
    protected void map(NullWritable none, Text description, Context context)
        throws IOException, InterruptedException {
      var file = BundleInputFormat.describe(description, InputFile.class);
      try (var events = new HourReader(file, HashSpan.WHOLE, context.getConfiguration())) {
        while (events.next()) {
          if (events.hasEventId()) {
            events.encodeById(key);
            output.set(key.bytes(), 0, key.length());
            context.write(output, NullWritable.get());
          }
        }
      }
      context.progress();
    }

    @Override
    protected void cleanup(Context context) throws IOException {
      new StagedFiles(context).report();
    }
  }

  /** All events of an id go to one reducer. */
  static final class ById extends Partitioner<BytesWritable, NullWritable> {
    @Override
    public int getPartition(BytesWritable key, NullWritable value, int reducers) {
      return Math.floorMod(IdKey.low(key.getBytes()), reducers);
    }
  }

  /** All events of an id are one group. */
  static final class SameId extends BytesWritable.Comparator {
    @Override
    public int compare(
        byte[] key, int start, int size, byte[] other, int otherStart, int otherSize) {
      // Behind the length that a BytesWritable begins with.
      return compareBytes(
          key, start + Integer.BYTES, IdKey.EVENT, other, otherStart + Integer.BYTES, IdKey.EVENT);
    }
  }

  /** Writes all events of an id but the first. */
  static final class RepeatReducer extends Reducer<BytesWritable, NullWritable, Object, Object> {
    private final EventKey.Decoder decoder = new EventKey.Decoder();
    private final Event event = new Event();
    private StagedFiles files;
    private AvroEventWriter writer;
    private int day;

    @Override
    public void run(Context context) throws IOException, InterruptedException {
      TaskFailures.tell(
          context,
          () -> {
            files = new StagedFiles(context);
            try {
              super.run(context);
            } finally {
              if (writer != null) {
                writer.close();
              }
            }
          });
    }

    @Override
    protected void reduce(BytesWritable key, Iterable<NullWritable> values, Context context)
        throws IOException {
      boolean isFirst = true;
      for (var ignored : values) {
        if (!isFirst) {
          write(key.getBytes(), context);
        }
        isFirst = false;
      }
    }

    @Override
    protected void cleanup(Context context) throws IOException {
      end();
      files.report();
    }

    private void write(byte[] key, Context context) throws IOException {
      int next = IdKey.day(key);
      if (writer == null || next != day) {
        end();
        day = next;
        var path = files.newFile(partition(), ".avro");
        var configuration = context.getConfiguration();
        writer = AvroEventWriter.open(path.getFileSystem(configuration), path, configuration);
      }
      decoder.decode(key, IdKey.EVENT, event);
      writer.write(event, key, IdKey.EVENT, decoder.contentLength());
    }

    private void end() throws IOException {
      if (writer != null) {
        files.add(partition(), writer.finish());
        writer = null;
      }
    }

    private Partition partition() {
      return Partition.ofDay(DATASET, LocalDate.ofEpochDay(day));
    }
  }
}
