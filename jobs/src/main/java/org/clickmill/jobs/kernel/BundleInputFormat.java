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
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.ReadSettings;

/**
 * Gives each map task a bundle of files or parts of files, neighbours in the order in which the
 * driver listed them, balanced by bytes. A record is a file's description in JSON; the mapper opens
 * it itself.
 */
public final class BundleInputFormat extends InputFormat<NullWritable, Text> {
  private static final int SPLITS_A_SLOT = 4;

  /** In bytes: every file costs something to open, however small it is. */
  private static final long COST_OF_FILE = 64 << 10;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A file to be read, a part of one, or several by one task.
   *
   * @param bytes its length, or an estimate of the work that it is
   * @param description what the mapper needs to know of it, in JSON
   * @param places what it is made of, near which it is to be read
   */
  public record Item(long bytes, String description, List<Place> places) {}

  /** A range of a file's bytes. */
  public record Place(String path, long start, long bytes) {}

  /** What lies nowhere in particular, described for {@link #describe}. */
  public static Item item(long bytes, Object description) {
    return itemOf(bytes, description, List.of());
  }

  /** A range of a file, described for {@link #describe}. */
  public static Item item(Place place, Object description) {
    return itemOf(place.bytes(), description, List.of(place));
  }

  /** A file of the warehouse or several, described for {@link #describe}. */
  public static Item item(long bytes, Object description, List<InputFile> files) {
    var places = files.stream().map(file -> new Place(file.path(), 0, file.bytes())).toList();
    return itemOf(bytes, description, places);
  }

  private static Item itemOf(long bytes, Object description, List<Place> places) {
    try {
      return new Item(bytes, JSON.writeValueAsString(description), places);
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
    long target = target(configuration, items.stream().map(Item::bytes).toList());
    var splits = new ArrayList<InputSplit>();
    var bundle = new ArrayList<Item>();
    long bytes = 0;
    for (var item : items) {
      bundle.add(item);
      bytes += item.bytes() + COST_OF_FILE;
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

  /**
   * How many bytes the bundle of a task has at least.
   *
   * @param files the bytes of each file
   */
  public static long target(Configuration configuration, List<Long> files) {
    long total = files.stream().mapToLong(bytes -> bytes + COST_OF_FILE).sum();
    long maximum = ReadSettings.SPLIT_MAX_MB.get(configuration) * (1L << 20);
    int slots = Slots.local(configuration, Slots.MAP);
    long forced = ReadSettings.SPLIT_COUNT.get(configuration);
    long wanted = forced > 0 ? forced : Math.max(1 + total / maximum, (long) slots * SPLITS_A_SLOT);
    return Math.max(1, total / wanted);
  }

  private static Bundle split(long bytes, List<Item> items, Configuration configuration)
      throws IOException {
    var hosts = new BlockHosts(configuration);
    if (!Slots.isLocal(configuration)) {
      for (var item : items) {
        for (var place : item.places()) {
          hosts.add(place.path(), place.start(), place.bytes());
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
