package org.clickmill.formats.read;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputSplit;

/** What one map task reads: a run of consecutive files and parts of files. */
public final class BatchSplit extends InputSplit implements Writable {
  private List<FileRange> ranges;
  private String[] locations;

  /** For Hadoop, which fills it by {@link #readFields}. */
  public BatchSplit() {
    this(List.of(), new String[0]);
  }

  BatchSplit(List<FileRange> ranges, String[] locations) {
    this.ranges = List.copyOf(ranges);
    this.locations = locations;
  }

  List<FileRange> ranges() {
    return ranges;
  }

  @Override
  public long getLength() {
    return ranges.stream().mapToLong(FileRange::bytes).sum();
  }

  @Override
  public String[] getLocations() {
    return locations.clone();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(ranges.size());
    for (var range : ranges) {
      range.write(out);
    }
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    int size = in.readInt();
    var read = new ArrayList<FileRange>();
    for (int i = 0; i < size; i++) {
      read.add(FileRange.read(in));
    }
    ranges = List.copyOf(read);
    locations = new String[0];
  }

  @Override
  public String toString() {
    return ranges.isEmpty()
        ? "nothing"
        : ranges.get(0).file().path() + " and " + (ranges.size() - 1) + " more";
  }
}
