package org.clickmill.formats.read;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputSplit;
import org.clickmill.formats.warehouse.Partition;

/** What one map task reads: a run of consecutive files and parts of files. */
public final class BatchSplit extends InputSplit implements Writable {
  private List<FileRange> ranges;
  private Set<Partition> wholePartitions;
  private String[] locations;

  /** For Hadoop, which fills it by {@link #readFields}. */
  public BatchSplit() {
    this(List.of(), Set.of(), new String[0]);
  }

  BatchSplit(List<FileRange> ranges, Set<Partition> wholePartitions, String[] locations) {
    this.ranges = List.copyOf(ranges);
    this.wholePartitions = Set.copyOf(wholePartitions);
    this.locations = locations;
  }

  List<FileRange> ranges() {
    return ranges;
  }

  /** The partitions that no other split has any part of. */
  public Set<Partition> wholePartitions() {
    return wholePartitions;
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
    out.writeInt(wholePartitions.size());
    for (var partition : wholePartitions) {
      Text.writeString(out, partition.dataset());
      Text.writeString(out, partition.path());
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
    var whole = new HashSet<Partition>();
    for (int left = in.readInt(); left > 0; left--) {
      whole.add(new Partition(Text.readString(in), Text.readString(in)));
    }
    wholePartitions = Set.copyOf(whole);
    locations = new String[0];
  }

  @Override
  public String toString() {
    return ranges.isEmpty()
        ? "nothing"
        : ranges.get(0).file().path() + " and " + (ranges.size() - 1) + " more";
  }
}
