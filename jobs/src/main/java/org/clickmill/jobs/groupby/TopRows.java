package org.clickmill.jobs.groupby;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.clickmill.formats.table.Row;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.PackedRow;
import org.clickmill.jobs.kernel.RowSink;

/** The rows of a partition with the largest values; they come in the order of their keys. */
final class TopRows {
  /** The best first. */
  private static final Comparator<Waiting> ORDER =
      Comparator.comparing(Waiting::isPresent)
          .thenComparingLong(Waiting::value)
          .reversed()
          .thenComparingLong(Waiting::number);

  private final int limit;
  private final PriorityQueue<Waiting> kept = new PriorityQueue<>(ORDER.reversed());
  private final ByteWriter packed = new ByteWriter();
  private long taken;
  private boolean isPresentNext;
  private long valueNext;

  /**
   * @param number how many rows came before
   */
  private record Waiting(boolean isPresent, long value, long number, byte[] row) {}

  TopRows(int limit) {
    this.limit = limit;
  }

  /** Whether the next row is among the best so far; it is to be added then. */
  boolean takes(boolean isPresent, long value) {
    isPresentNext = isPresent;
    valueNext = isPresent ? value : 0;
    var next = new Waiting(isPresent, valueNext, taken++, null);
    return kept.size() < limit || ORDER.compare(next, kept.element()) < 0;
  }

  void add(Row row) {
    PackedRow.write(row, packed.clear());
    var bytes = Arrays.copyOf(packed.bytes(), packed.length());
    kept.add(new Waiting(isPresentNext, valueNext, taken, bytes));
    if (kept.size() > limit) {
      kept.remove();
    }
  }

  /** Writes them, the best first, and forgets them. */
  void write(RowSink output) throws IOException {
    var rows = new ArrayList<>(kept);
    rows.sort(ORDER);
    kept.clear();
    taken = 0;
    var reader = new ByteReader();
    for (var waiting : rows) {
      reader.reset(waiting.row(), 0, waiting.row().length);
      PackedRow.read(reader, output.row());
      output.write();
    }
  }
}
