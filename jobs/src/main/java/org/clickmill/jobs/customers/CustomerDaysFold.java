package org.clickmill.jobs.customers;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.GroupedHashSet;
import org.clickmill.jobs.kernel.TextDictionary;
import org.clickmill.jobs.lines.LineReader;

/** Adds up the lines of each customer; lines without user_id are passed over. */
final class CustomerDaysFold implements Fold {
  /** Hashes travel in partials of at most this many, so that no partial outgrows a buffer. */
  private static final int HASHES_A_PARTIAL = 1 << 16;

  private final LineReader lines = new LineReader(true);
  private final TextDictionary users = new TextDictionary();
  private final DayTotals totals = new DayTotals();
  private final GroupedHashSet orders = new GroupedHashSet();
  private long[] events = new long[64];
  private int[] translation = new int[0];

  @Override
  public List<String> columns() {
    return LineReader.columns();
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of(EventType.PURCHASE.text(), EventType.RETURN.text());
  }

  @Override
  public long fold(ColumnBatch batch) {
    if (lines.begin(batch) == 0) {
      return 0;
    }
    var column = batch.strings("user_id");
    translation = TextDictionary.translation(column, translation);
    try {
      return foldLines(column);
    } catch (ArithmeticException e) {
      throw lines.overflow("customers", batch, e);
    }
  }

  private long foldLines(StringColumn column) {
    int[] ids = column.ids();
    int folded = 0;
    for (int i = 0; i < lines.count(); i++) {
      var line = lines.read(i);
      int id = ids[line.row];
      if (id == StringColumn.NULL) {
        continue;
      }
      int slot = slot(column, id);
      events[slot]++;
      totals.add(slot, line);
      if (line.isPurchase && !line.ownOrder) {
        orders.add(slot, line.orderHigh, line.orderLow);
      }
      folded++;
    }
    return folded;
  }

  private int slot(StringColumn column, int id) {
    int slot = translation[id];
    if (slot == TextDictionary.UNKNOWN) {
      int before = users.size();
      slot = users.ordinal(column, id);
      translation[id] = slot;
      if (slot == before) {
        if (slot == events.length) {
          events = Arrays.copyOf(events, 2 * slot);
        }
        events[slot] = 0;
        totals.clear(slot);
      }
    }
    return slot;
  }

  @Override
  public long memoryBytes() {
    return users.size() * 64L + users.memoryBytes() + orders.memoryBytes();
  }

  @Override
  public void flush(Emitter emitter) {
    var key = new ByteWriter();
    var partial = new ByteWriter();
    var hashes = orders.grouped(users.size());
    for (int slot = 0; slot < users.size(); slot++) {
      key.clear().putBytes(users.bytes(), users.offset(slot), users.length(slot));
      partial.clear().putByte(CustomerDaysMerge.TOTALS);
      totals.write(slot, partial);
      emitter.emit(CustomerDays.DATASET, key, partial, events[slot]);
      int end = hashes.end(slot);
      for (int from = hashes.start(slot); from < end; from += HASHES_A_PARTIAL) {
        int to = Math.min(end, from + HASHES_A_PARTIAL);
        partial.clear().putByte(CustomerDaysMerge.ORDERS).putUnsigned(to - from);
        for (int i = from; i < to; i++) {
          partial.putFixed(hashes.highs()[i]).putFixed(hashes.lows()[i]);
        }
        emitter.emit(CustomerDays.DATASET, key, partial, 0);
      }
    }
    users.clear();
    orders.clear();
  }
}
