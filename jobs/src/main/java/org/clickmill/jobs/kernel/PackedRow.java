package org.clickmill.jobs.kernel;

import org.clickmill.formats.table.Row;

/** A row as bytes, to wait in memory. */
public final class PackedRow {
  private PackedRow() {}

  public static void write(Row row, ByteWriter target) {
    var columns = row.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      target.putByte(row.isNull(i) ? 0 : 1);
      if (row.isNull(i)) {
        continue;
      }
      var type = columns.get(i).type();
      if (type.isLong()) {
        target.putSigned(row.longValue(i));
      } else if (type.isDouble()) {
        target.putFixed(Double.doubleToRawLongBits(row.doubleValue(i)));
      } else if (type.isBytes()) {
        target.putText(row.bytes(i), 0, row.bytesLength(i));
      } else {
        target.putByte(row.booleanValue(i) ? 1 : 0);
      }
    }
  }

  /** Reads what {@link #write} wrote into a row that has been cleared. */
  public static void read(ByteReader source, Row row) {
    var columns = row.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      if (source.readByte() == 0) {
        continue;
      }
      var type = columns.get(i).type();
      if (type.isLong()) {
        row.setLong(i, source.readSigned());
      } else if (type.isDouble()) {
        row.setDouble(i, Double.longBitsToDouble(source.readFixed()));
      } else if (type.isBytes()) {
        int length = source.readTextLength();
        row.setText(i, source.bytes(), source.position(), length);
        source.skip(length);
      } else {
        row.setBoolean(i, source.readByte() != 0);
      }
    }
  }
}
