package org.clickmill.jobs.load;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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
import org.clickmill.jobs.kernel.SplitList;

/** Gives each map task a bundle of ranges of offsets; the mapper reads them itself. */
public final class RangeInputFormat extends InputFormat<NullWritable, NullWritable> {
  private static final ObjectMapper JSON = new ObjectMapper();

  static void configure(
      Configuration configuration,
      FileSystem fileSystem,
      Path list,
      List<List<OffsetRange>> bundles)
      throws IOException {
    SplitList.write(configuration, fileSystem, list, bundles);
  }

  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    return SplitList.read(
            context.getConfiguration(), new TypeReference<List<List<OffsetRange>>>() {})
        .stream()
        .<InputSplit>map(RangeSplit::new)
        .toList();
  }

  @Override
  public RecordReader<NullWritable, NullWritable> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new NoRecords();
  }

  /** The ranges of one map task. */
  public static final class RangeSplit extends InputSplit implements Writable {
    private List<OffsetRange> ranges;

    /** For Hadoop, which fills it by {@link #readFields}. */
    public RangeSplit() {}

    RangeSplit(List<OffsetRange> ranges) {
      this.ranges = ranges;
    }

    List<OffsetRange> ranges() {
      return ranges;
    }

    @Override
    public long getLength() {
      return ranges.stream().mapToLong(OffsetRange::length).sum();
    }

    @Override
    public String[] getLocations() {
      return new String[0];
    }

    @Override
    public void write(DataOutput out) throws IOException {
      Text.writeString(out, JSON.writeValueAsString(ranges));
    }

    @Override
    public void readFields(DataInput in) throws IOException {
      ranges = JSON.readValue(Text.readString(in), new TypeReference<List<OffsetRange>>() {});
    }
  }

  private static final class NoRecords extends RecordReader<NullWritable, NullWritable> {
    @Override
    public void initialize(InputSplit split, TaskAttemptContext context) {}

    @Override
    public boolean nextKeyValue() {
      return false;
    }

    @Override
    public NullWritable getCurrentKey() {
      return NullWritable.get();
    }

    @Override
    public NullWritable getCurrentValue() {
      return NullWritable.get();
    }

    @Override
    public float getProgress() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
