package org.clickmill.formats.avro;

/** Takes the values of a field, as the table has them. */
interface FieldTarget {
  void set(int row, long value);

  void set(int row, double value);

  /** Takes a text or bytes, which stand in the block that is being read. */
  void set(int row, byte[] bytes, int start, int length);

  void setNull(int row);
}
