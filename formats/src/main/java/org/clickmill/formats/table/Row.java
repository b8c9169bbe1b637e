package org.clickmill.formats.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * One row of a table, made to be reused: setters copy what they are given but for {@link
 * #referToText}, {@link #clear} makes all values NULL. Columns are named by their ordinal in the
 * {@link TableSchema}.
 *
 * <p>Setters and getters of another kind than the column's throw IllegalArgumentException.
 */
public final class Row {
  /** Where a row comes from is not part of what it is. */
  private static final Set<String> SOURCE_COLUMNS =
      Set.of("source_name", "source_partition", "source_offset", "source_item");

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final TableSchema schema;
  private final TableSchema.Type[] types;
  private final boolean[] isBytes;
  private final boolean[] encoded;
  private final boolean[] present;
  private final long[] numbers;
  private final byte[][] bytes;
  private final int[] starts;

  /** Arrays for texts that were copied. */
  private final byte[][] copies;

  private final int[] measures;
  private final long[] measured;
  private byte[] encoding = new byte[256];
  private int encodedLength;

  public Row(TableSchema schema) {
    this.schema = schema;
    int size = schema.columns().size();
    this.types = new TableSchema.Type[size];
    this.isBytes = new boolean[size];
    this.encoded = new boolean[size];
    this.present = new boolean[size];
    this.numbers = new long[size];
    this.bytes = new byte[size][];
    this.starts = new int[size];
    for (int i = 0; i < size; i++) {
      var column = schema.columns().get(i);
      types[i] = column.type();
      isBytes[i] = column.type().isBytes();
      encoded[i] = !SOURCE_COLUMNS.contains(column.name());
      bytes[i] = new byte[types[i].isBytes() ? 64 : 0];
    }
    copies = bytes.clone();
    measures = schema.measures();
    measured = new long[measures.length];
    for (int measure : measures) {
      encoded[measure] = false;
    }
  }

  public TableSchema schema() {
    return schema;
  }

  /** The values of {@link TableSchema#measures}, 0 for NULL; empty for a table without. */
  public long[] measures() {
    for (int i = 0; i < measures.length; i++) {
      measured[i] = present[measures[i]] ? numbers[measures[i]] : 0;
    }
    return measured;
  }

  /** Which columns have a value; the row's own array, for those that write it. */
  public boolean[] present() {
    return present;
  }

  /** The whole numbers, the bits of doubles, 0 and 1, and the lengths of texts. */
  public long[] numbers() {
    return numbers;
  }

  /** Arrays that hold the texts. */
  public byte[][] texts() {
    return bytes;
  }

  /** Where the texts begin in {@link #texts}. */
  public int[] textStarts() {
    return starts;
  }

  /** Makes all values NULL. */
  public void clear() {
    Arrays.fill(present, false);
  }

  public void setNull(int ordinal) {
    present[ordinal] = false;
  }

  /**
   * Sets a whole number: a count, a time in milliseconds, a day since the epoch, or money scaled by
   * 10^4.
   *
   * @throws ArithmeticException if the column is an int or date and the value does not fit
   */
  public void setLong(int ordinal, long value) {
    var type = types[ordinal];
    check(type.isLong(), ordinal);
    if (type == TableSchema.Type.INT || type == TableSchema.Type.DATE) {
      Math.toIntExact(value);
    }
    numbers[ordinal] = value;
    present[ordinal] = true;
  }

  /** Sets a floating-point number; a FLOAT column keeps the nearest float. */
  public void setDouble(int ordinal, double value) {
    var type = types[ordinal];
    check(type.isDouble(), ordinal);
    double kept = type == TableSchema.Type.FLOAT ? (float) value : value;
    numbers[ordinal] = Double.doubleToLongBits(kept);
    present[ordinal] = true;
  }

  public void setBoolean(int ordinal, boolean value) {
    check(types[ordinal] == TableSchema.Type.BOOLEAN, ordinal);
    numbers[ordinal] = value ? 1 : 0;
    present[ordinal] = true;
  }

  /** Sets a text in UTF-8, or the bytes of a BINARY column. */
  public void setText(int ordinal, byte[] source, int offset, int length) {
    check(types[ordinal].isBytes(), ordinal);
    if (length > copies[ordinal].length) {
      copies[ordinal] = new byte[Math.max(length, 2 * copies[ordinal].length)];
    }
    System.arraycopy(source, offset, copies[ordinal], 0, length);
    bytes[ordinal] = copies[ordinal];
    starts[ordinal] = 0;
    numbers[ordinal] = length;
    present[ordinal] = true;
  }

  /**
   * Sets a text, or the bytes of a BINARY column, without a copy: the array may not change as long
   * as the row has the value.
   */
  public void referToText(int ordinal, byte[] source, int offset, int length) {
    check(types[ordinal].isBytes(), ordinal);
    bytes[ordinal] = source;
    starts[ordinal] = offset;
    numbers[ordinal] = length;
    present[ordinal] = true;
  }

  /** Sets a text; null makes it NULL. */
  public void setText(int ordinal, String text) {
    if (text == null) {
      setNull(ordinal);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    setText(ordinal, utf8, 0, utf8.length);
  }

  public boolean isNull(int ordinal) {
    return !present[ordinal];
  }

  /** The whole number, 0 if NULL. */
  public long longValue(int ordinal) {
    check(types[ordinal].isLong(), ordinal);
    return present[ordinal] ? numbers[ordinal] : 0;
  }

  /** The floating-point number, 0 if NULL. */
  public double doubleValue(int ordinal) {
    check(types[ordinal].isDouble(), ordinal);
    return present[ordinal] ? Double.longBitsToDouble(numbers[ordinal]) : 0;
  }

  /** The boolean, false if NULL. */
  public boolean booleanValue(int ordinal) {
    check(types[ordinal] == TableSchema.Type.BOOLEAN, ordinal);
    return present[ordinal] && numbers[ordinal] != 0;
  }

  /** The text, or null. */
  public String text(int ordinal) {
    check(types[ordinal].isBytes(), ordinal);
    return present[ordinal]
        ? new String(bytes[ordinal], starts[ordinal], bytesLength(ordinal), StandardCharsets.UTF_8)
        : null;
  }

  /** The row's buffer of the column, whose first {@link #bytesLength} bytes are the value. */
  public byte[] bytes(int ordinal) {
    check(types[ordinal].isBytes(), ordinal);
    if (bytes[ordinal] != copies[ordinal]) {
      setText(ordinal, bytes[ordinal], starts[ordinal], bytesLength(ordinal));
    }
    return bytes[ordinal];
  }

  /** Length of a text or of bytes, 0 if NULL. */
  public int bytesLength(int ordinal) {
    check(types[ordinal].isBytes(), ordinal);
    return present[ordinal] ? (int) numbers[ordinal] : 0;
  }

  /**
   * Encodes the row for a fingerprint, without measures and the columns that say where it comes
   * from: different rows of a table have different encodings, and NULL differs from every value.
   * The result stands in {@link #encoding} until the next call.
   */
  public void encode() {
    reserveEncoding();
    byte[] target = encoding;
    int position = 0;
    for (int i = 0; i < present.length; i++) {
      if (!encoded[i]) {
        continue;
      }
      if (!present[i]) {
        target[position++] = 0;
        continue;
      }
      target[position++] = 1;
      LONGS.set(target, position, numbers[i]);
      position += Long.BYTES;
      if (isBytes[i]) {
        int size = (int) numbers[i];
        System.arraycopy(bytes[i], starts[i], target, position, size);
        position += size;
      }
    }
    encodedLength = position;
  }

  /** The buffer whose first {@link #encodedLength} bytes are the row encoded last. */
  public byte[] encoding() {
    return encoding;
  }

  public int encodedLength() {
    return encodedLength;
  }

  private void reserveEncoding() {
    long needed = (1 + Long.BYTES) * (long) present.length;
    for (int i = 0; i < present.length; i++) {
      if (isBytes[i] && present[i]) {
        needed += numbers[i];
      }
    }
    if (needed > encoding.length) {
      encoding = new byte[Math.toIntExact(Math.max(needed, Math.min(2 * needed, 1 << 24)))];
    }
  }

  private void check(boolean condition, int ordinal) {
    if (!condition) {
      throw new IllegalArgumentException(
          "Invalid access to table " + schema.name() + ": " + schema.columns().get(ordinal));
    }
  }
}
