package org.clickmill.jobs.kernel;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.clickmill.formats.read.BlockHosts;
import org.clickmill.formats.read.InputFile;
import org.clickmill.formats.read.ReadSettings;

/**
 * Gives each map task a bundle of whole files, neighbours in the order in which the driver listed
 * them, balanced by bytes. A record is a file's description in JSON; the mapper opens it itself.
 */
public final class BundleInputFormat extends InputFormat<NullWritable, Text> {
  private static final int SPLITS_A_SLOT = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A file to be read, or several by one task.
   *
   * @param bytes its length, or an estimate of the work that it is
   * @param description what the mapper needs to know of it, in JSON
   * @param events files of the warehouse that it is made of, near which it is to be read
   */
  public record Item(long bytes, String description, List<InputFile> events) {}

  /** A file that is not one of the warehouse's, described for {@link #describe}. */
  public static Item item(long bytes, Object description) {
    return item(bytes, description, List.of());
  }

  /** A file or several, described for {@link #describe}. */
  public static Item item(long bytes, Object description, List<InputFile> events) {
    try {
      return new Item(bytes, JSON.writeValueAsString(description), events);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Parses the description that {@link #item} wrote. */
  public static <T> T describe(Text value, Class<T> type) throws IOException {
    return JSON.readValue(value.toString(), type);
  }

  /** Writes the list of what is to be read where the tasks' bundles are made from it. */
  public static void configure(
      Configuration configuration, FileSystem fileSystem, Path list, List<Item> items)
      throws IOException {
    SplitList.write(configuration, fileSystem, list, items);
  }

  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    var configuration = context.getConfiguration();
    var items = SplitList.read(configuration, new TypeReference<List<Item>>() {});
    // Every file costs something to open, however small it is.
    long perFile = 64 << 10;
    long total = items.stream().mapToLong(item -> item.bytes() + perFile).sum();
    long maximum = ReadSettings.SPLIT_MAX_MB.get(configuration) * (1L << 20);
    int slots = Slots.local(configuration, Slots.MAP);
    long forced = ReadSettings.SPLIT_COUNT.get(configuration);
    long wanted = forced > 0 ? forced : Math.max(1 + total / maximum, (long) slots * SPLITS_A_SLOT);
    long target = Math.max(1, (total + wanted - 1) / wanted);
    var splits = new ArrayList<InputSplit>();
    var bundle = new ArrayList<Item>();
    long bytes = 0;
    for (var item : items) {
      bundle.add(item);
      bytes += item.bytes() + perFile;
      if (bytes >= target) {
        splits.add(split(bytes, bundle, configuration));
        bundle = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!bundle.isEmpty()) {
      splits.add(split(bytes, bundle, configuration));
    }
    return splits;
  }

  private static Bundle split(long bytes, List<Item> items, Configuration configuration)
      throws IOException {
    var hosts = new BlockHosts(configuration);
    if (!Slots.isLocal(configuration)) {
      for (var item : items) {
        for (var file : item.events()) {
          hosts.add(file.path(), 0, file.bytes());
        }
      }
    }
    return new Bundle(bytes, items.stream().map(Item::description).toList(), hosts.most());
  }

  @Override
  public RecordReader<NullWritable, Text> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new BundleReader();
  }

  /** The files of one map task. */
  public static final class Bundle extends InputSplit implements Writable {
    private long bytes;
    private List<String> descriptions;
    private String[] hosts = {};

    /** For Hadoop, which fills it by {@link #readFields}. */
    public Bundle() {}

    Bundle(long bytes, List<String> descriptions, String[] hosts) {
      this.bytes = bytes;
      this.descriptions = descriptions;
      this.hosts = hosts;
    }

    @Override
    public long getLength() {
      return bytes;
    }

    @Override
    public String[] getLocations() {
      return hosts.clone();
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeLong(bytes);
      out.writeInt(descriptions.size());
      for (var description : descriptions) {
        Text.writeString(out, description);
      }
    }

    @Override
    public void readFields(DataInput in) throws IOException {
      bytes = in.readLong();
      int size = in.readInt();
      descriptions = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        descriptions.add(Text.readString(in));
      }
    }
  }

  private static final class BundleReader extends RecordReader<NullWritable, Text> {
    private List<String> descriptions;
    private int next;
    private final Text value = new Text();

    @Override
    public void initialize(InputSplit split, TaskAttemptContext context) {
      descriptions = ((Bundle) split).descriptions;
    }

    @Override
    public boolean nextKeyValue() {
      if (next == descriptions.size()) {
        return false;
      }
      value.set(descriptions.get(next++));
      return true;
    }

    @Override
    public NullWritable getCurrentKey() {
      return NullWritable.get();
    }

    @Override
    public Text getCurrentValue() {
      return value;
    }

    @Override
    public float getProgress() {
      return descriptions.isEmpty() ? 1 : (float) (next - 1) / descriptions.size();
    }

    @Override
    public void close() {}
  }
}
