package org.clickmill.formats.read;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Text;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Partition;

/**
 * A part of a file: the row groups or blocks that belong to a range of its bytes.
 *
 * @param start where the range begins
 * @param end where it ends, exclusive
 */
record FileRange(InputFile file, long start, long end) {
  static FileRange whole(InputFile file) {
    return new FileRange(file, 0, file.bytes());
  }

  long bytes() {
    return end - start;
  }

  void write(DataOutput out) throws IOException {
    Text.writeString(out, file.path());
    Text.writeString(out, file.partition().dataset());
    Text.writeString(out, file.partition().path());
    out.writeLong(file.bytes());
    out.writeLong(start);
    out.writeLong(end);
  }

  static FileRange read(DataInput in) throws IOException {
    var path = Text.readString(in);
    var partition = new Partition(Text.readString(in), Text.readString(in));
    var file = new InputFile(path, partition, in.readLong());
    return new FileRange(file, in.readLong(), in.readLong());
  }
}
