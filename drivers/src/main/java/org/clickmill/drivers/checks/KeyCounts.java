package org.clickmill.drivers.checks;

import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Partitioner;
import org.apache.hadoop.mapreduce.Reducer;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.BundleInputFormat.Place;
import org.clickmill.jobs.kernel.KernelSettings;
import org.clickmill.jobs.kernel.Reducers;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.StagedJob;
import org.clickmill.jobs.kernel.TaskFailures;

/**
 * Counts rows and distinct keys, and adds up amounts: a job that sorts the 128-bit hashes of the
 * keys by check and day, so that equal ones meet.
 */
final class KeyCounts {
  private static final String NOTE = "keys";
  private static final Hasher128 HASHER = Hashing.murmur3_128();
  private static final int DAY = Integer.BYTES;
  private static final int HASH = DAY + Integer.BYTES;
  private static final int SIZE = HASH + 2 * Long.BYTES;

  private KeyCounts() {}

  /** Runs it over some files; a check and day of which no row was found is not in the result. */
  static Map<KeyCount.Of, KeyCount> run(Run run, List<KeySource> sources)
      throws IOException, InterruptedException {
    var staged = new StagedJob(run, "count keys for checks", KeyCounts.class);
    staged.alsoReads(sources.stream().map(source -> new Path(source.path())).toList());
    var job = staged.job();
    BundleInputFormat.configure(
        job.getConfiguration(),
        run.warehouse().fileSystem(),
        staged.file("_input-keys.json"),
        sources.stream()
            .map(
                source ->
                    BundleInputFormat.item(new Place(source.path(), 0, source.bytes()), source))
            .toList());
    job.setInputFormatClass(BundleInputFormat.class);
    job.setMapperClass(KeyMapper.class);
    job.setMapOutputKeyClass(BytesWritable.class);
    job.setMapOutputValueClass(LongWritable.class);
    job.setPartitionerClass(ByHash.class);
    job.setReducerClass(KeyReducer.class);
    long bytes = sources.stream().mapToLong(KeySource::bytes).sum();
    long perReducer = KernelSettings.REDUCER_INPUT_MB.get(job.getConfiguration()) * (1L << 20);
    job.setNumReduceTasks(
        Reducers.number(
            job.getConfiguration(), Reducers.byBytes(bytes, perReducer), Integer.MAX_VALUE));
    var counts = new HashMap<KeyCount.Of, KeyCount>();
    for (var note : staged.run().notes(NOTE)) {
      var parts = note.split(" ", -1);
      counts.merge(
          new KeyCount.Of(
              Integer.parseInt(parts[0]), LocalDate.ofEpochDay(Long.parseLong(parts[1]))),
          new KeyCount(
              Long.parseLong(parts[2]), Long.parseLong(parts[3]), Long.parseLong(parts[4])),
          KeyCount::plus);
    }
    return counts;
  }

  /** Takes a key of a row. */
  @FunctionalInterface
  interface KeySink {
    /**
     * @param day since the epoch
     * @param amount scaled by 10^4
     */
    void add(long day, byte[] key, int offset, int length, long amount)
        throws IOException, InterruptedException;
  }

  /** Emits the hash of each row's key, and its amount. */
  static final class KeyMapper extends Mapper<NullWritable, Text, BytesWritable, LongWritable> {
    private final byte[] bytes = new byte[SIZE];
    private final BytesWritable output = new BytesWritable(bytes);
    private final LongWritable value = new LongWritable();

    @Override
    public void run(Context context) throws IOException, InterruptedException {
      TaskFailures.tell(context, () -> super.run(context));
    }

    @Override
    protected void map(NullWritable none, Text description, Context context)
        throws IOException, InterruptedException {
      var source = BundleInputFormat.describe(description, KeySource.class);
      var buffer = ByteBuffer.wrap(bytes);
      new KeyReader(source, context.getConfiguration())
          .read(
              (day, key, offset, length, amount) -> {
                var hash = HASHER.hashBytesTo128Bits(key, offset, length);
                buffer
                    .putInt(0, source.check())
                    .putInt(DAY, Math.toIntExact(day))
                    .putLong(HASH, hash.getMostSignificantBits())
                    .putLong(HASH + Long.BYTES, hash.getLeastSignificantBits());
                value.set(amount);
                context.write(output, value);
              });
      context.progress();
    }

    @Override
    protected void cleanup(Context context) throws IOException {
      new StagedFiles(context).report();
    }
  }

  /** Equal keys go to one reducer. */
  static final class ByHash extends Partitioner<BytesWritable, LongWritable> {
    @Override
    public int getPartition(BytesWritable key, LongWritable value, int reducers) {
      return Math.floorMod(ByteBuffer.wrap(key.getBytes()).getInt(HASH), reducers);
    }
  }

  /** Counts the keys of a check and day, which follow each other. */
  static final class KeyReducer extends Reducer<BytesWritable, LongWritable, Object, Object> {
    private StagedFiles files;
    private int check;
    private int day;
    private KeyCount count = KeyCount.NONE;

    @Override
    public void run(Context context) throws IOException, InterruptedException {
      TaskFailures.tell(
          context,
          () -> {
            files = new StagedFiles(context);
            super.run(context);
          });
    }

    @Override
    protected void reduce(BytesWritable key, Iterable<LongWritable> amounts, Context context) {
      var buffer = ByteBuffer.wrap(key.getBytes());
      if (buffer.getInt(0) != check || buffer.getInt(DAY) != day) {
        end();
        check = buffer.getInt(0);
        day = buffer.getInt(DAY);
      }
      long rows = 0;
      long sum = 0;
      for (var amount : amounts) {
        rows++;
        sum = Math.addExact(sum, amount.get());
      }
      count = count.plus(new KeyCount(rows, 1, sum));
    }

    @Override
    protected void cleanup(Context context) throws IOException {
      end();
      files.report();
    }

    private void end() {
      if (count.rows() > 0) {
        files.note(
            NOTE,
            check + " " + day + " " + count.rows() + " " + count.distinct() + " " + count.amount());
        count = KeyCount.NONE;
      }
    }
  }
}
