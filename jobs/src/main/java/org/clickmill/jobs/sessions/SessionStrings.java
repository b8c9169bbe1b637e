package org.clickmill.jobs.sessions;

import org.clickmill.formats.table.Row;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.TextDictionary;
import org.clickmill.jobs.sessions.EventColumns.Strings;

/**
 * The strings that a session refers to. A reference is an id of the batch's column, from 0, as long
 * as the session lies within that batch; of a session that goes on into another batch it is the
 * number of a string kept here, below {@link #NULL}.
 */
final class SessionStrings {
  static final int NULL = -1;

  /** Where strings that nothing refers to any more may take this much, they are dropped. */
  private static final long TO_KEEP = 1L << 20;

  private static final int FIRST_KEPT = -2;

  private TextDictionary kept = new TextDictionary();
  private TextDictionary before = new TextDictionary();
  private boolean keepsAll;
  private long large = TO_KEEP;

  /** Begins with a session of which every string is in the batch at hand. */
  void clear() {
    keepsAll = false;
    if (kept.size() > 0) {
      kept = kept.memoryBytes() > TO_KEEP ? new TextDictionary() : kept;
      kept.clear();
      large = TO_KEEP;
    }
  }

  /** Keeps every string that is referred to from here on, since no batch outlasts the event. */
  void keepAll() {
    keepsAll = true;
  }

  /** A reference to the string of a row. */
  int reference(Strings column, int row) {
    int id = column.ids[row];
    if (id < 0) {
      return NULL;
    }
    return keepsAll ? keep(column.bytes, column.offsets[id], column.length(id)) : id;
  }

  /** Whether it is time to {@link #renew}, as much of what is kept may be of no use. */
  boolean isLarge() {
    return kept.memoryBytes() > large;
  }

  /** Begins to keep what {@link #renewed} is asked for, and nothing else. */
  void renew() {
    var old = before;
    before = kept;
    kept = old;
    keepsAll = true;
  }

  /** A reference to the same string that outlasts the batch. */
  int renewed(Strings column, int reference) {
    if (reference == NULL) {
      return NULL;
    }
    if (reference >= 0) {
      return keep(column.bytes, column.offsets[reference], column.length(reference));
    }
    int number = FIRST_KEPT - reference;
    return keep(before.bytes(), before.offset(number), before.length(number));
  }

  /** Drops what was not asked for. */
  void endRenewal() {
    before = before.memoryBytes() > TO_KEEP ? new TextDictionary() : before;
    before.clear();
    large = Math.max(TO_KEEP, 2 * kept.memoryBytes());
  }

  private int keep(byte[] bytes, int offset, int length) {
    return FIRST_KEPT - kept.ordinal(bytes, offset, length);
  }

  /** Sets a column of a row, which is NULL, to a string. */
  void set(Row row, int ordinal, Strings column, int reference) {
    if (reference != NULL) {
      row.setText(
          ordinal, bytes(column, reference), offset(column, reference), length(column, reference));
    }
  }

  void put(ByteWriter target, Strings column, int reference) {
    if (reference == NULL) {
      target.putNullText();
    } else {
      target.putText(
          bytes(column, reference), offset(column, reference), length(column, reference));
    }
  }

  /** Keeps a string that {@link #put} wrote. */
  int read(ByteReader source) {
    int length = source.readTextLength();
    if (length < 0) {
      return NULL;
    }
    int reference = keep(source.bytes(), source.position(), length);
    source.skip(length);
    return reference;
  }

  /** The number of a string in a dictionary, NULL for none. */
  int ordinal(TextDictionary target, Strings column, int reference) {
    return reference == NULL
        ? NULL
        : target.ordinal(
            bytes(column, reference), offset(column, reference), length(column, reference));
  }

  private byte[] bytes(Strings column, int reference) {
    return reference >= 0 ? column.bytes : kept.bytes();
  }

  private int offset(Strings column, int reference) {
    return reference >= 0 ? column.offsets[reference] : kept.offset(FIRST_KEPT - reference);
  }

  private int length(Strings column, int reference) {
    return reference >= 0 ? column.length(reference) : kept.length(FIRST_KEPT - reference);
  }
}
