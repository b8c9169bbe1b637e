package org.clickmill.jobs.sessions;

import java.util.Arrays;
import java.util.Locale;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.sessions.CartState.Kind;

/** How many sessions with a cart came to which end, and what was left in carts. */
final class CartCounts {
  private final long[] sessions = new long[Kind.values().length];
  private long value;

  private StringColumn carts;
  private Kind[] kinds;
  private long[] values;

  void begin(ColumnBatch batch) {
    carts = batch.strings("cart");
    values = batch.longs("abandoned_value").values();
    kinds = new Kind[carts.dictionarySize()];
    for (int id = 0; id < kinds.length; id++) {
      kinds[id] = Kind.valueOf(carts.text(id).toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Adds a row of funnel_sessions.
   *
   * @param count of sessions that the row stands for
   * @throws ArithmeticException if the value has too many digits
   */
  void add(int row, long count) {
    int id = carts.ids()[row];
    if (id != StringColumn.NULL) {
      add(kinds[id], count, values[row]);
    }
  }

  /**
   * Adds sessions of one kind.
   *
   * @param abandoned what they left in carts, scaled
   * @throws ArithmeticException if the value has too many digits
   */
  void add(Kind kind, long count, long abandoned) {
    sessions[kind.ordinal()] += count;
    value = Math.addExact(value, abandoned);
  }

  long sessions(Kind kind) {
    return sessions[kind.ordinal()];
  }

  /** Sessions of all kinds. */
  long total() {
    return Arrays.stream(sessions).sum();
  }

  /** What was left in carts, scaled. */
  long value() {
    return value;
  }

  void write(ByteWriter partial) {
    for (long count : sessions) {
      partial.putUnsigned(count);
    }
    partial.putSigned(value);
  }

  /**
   * Adds what another wrote.
   *
   * @throws ArithmeticException if the value has too many digits
   */
  void merge(ByteReader partial) {
    for (int kind = 0; kind < sessions.length; kind++) {
      sessions[kind] += partial.readUnsigned();
    }
    value = Math.addExact(value, partial.readSigned());
  }

  void clear() {
    Arrays.fill(sessions, 0);
    value = 0;
  }
}
