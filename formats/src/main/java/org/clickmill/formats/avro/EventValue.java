package org.clickmill.formats.avro;

import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.table.ProjectedColumn;

/** The value of the last event in a column; a text is where it stands in its block. */
final class EventValue implements FieldTarget {
  private final ProjectedColumn wanted;
  private boolean isNull;
  private long number;
  private byte[] bytes;
  private int start;
  private int length;

  /** Has the value of a file without the column until it is set. */
  EventValue(ProjectedColumn wanted) {
    this.wanted = wanted;
    isNull = wanted.absent() == null;
    if (wanted.absent() instanceof Long absent) {
      number = absent;
    }
  }

  ProjectedColumn wanted() {
    return wanted;
  }

  @Override
  public void set(int row, long value) {
    isNull = false;
    number = value;
  }

  @Override
  public void set(int row, double value) {
    throw new IllegalArgumentException("Events have no floating-point numbers: " + wanted.name());
  }

  @Override
  public void set(int row, byte[] block, int position, int size) {
    isNull = false;
    bytes = block;
    start = position;
    length = size;
  }

  @Override
  public void setNull(int row) {
    if (!wanted.nullable()) {
      throw new DamagedFileException(
          "column %s: a row without a value that it must have", wanted.name());
    }
    isNull = true;
  }

  boolean isNull() {
    return isNull;
  }

  long number() {
    return number;
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  /** Adds a text to a key. */
  void addText(EventKey key) {
    if (isNull) {
      key.addNull();
    } else {
      key.addText(bytes, start, length);
    }
  }

  /** Adds a number that may be NULL to a key. */
  void addNumber(EventKey key, EventColumn.Kind kind) {
    if (isNull) {
      key.addNull();
    } else if (kind == EventColumn.Kind.INT) {
      key.addInt((int) number);
    } else {
      key.addLong(number);
    }
  }
}
