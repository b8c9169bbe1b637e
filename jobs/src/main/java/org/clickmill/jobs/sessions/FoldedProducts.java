package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.time.LocalDate;
import org.clickmill.jobs.kernel.FoldContext;

/** Counts the products of a day in the map task, where the table of them is wanted. */
final class FoldedProducts {
  private final FoldContext context;
  private final ProductCounts counts;
  private LocalDate day;
  private boolean isWanted;

  FoldedProducts(FoldContext context, int mostProducts) {
    this.context = context;
    counts = new ProductCounts(mostProducts);
  }

  void begin(LocalDate next) {
    day = next;
    isWanted = context.wants(Sessions.SESSION_PRODUCTS, day);
  }

  /** Begins with the columns of another batch. */
  void begin(EventColumns columns) {
    if (isWanted) {
      counts.begin(columns);
    }
  }

  /** Adds an event to the session in hand. */
  void add(int row) {
    if (isWanted) {
      counts.add(row);
    }
  }

  /** Ends the part of the session in hand that is of the day. */
  void endSession() {
    if (isWanted) {
      counts.endSession();
    }
  }

  long memoryBytes() {
    return isWanted ? counts.memoryBytes() : 0;
  }

  /** Writes what was counted; the session in hand may go on. */
  void flush() throws IOException {
    if (isWanted && !counts.isEmpty()) {
      counts.write(context.rows(Sessions.SESSION_PRODUCTS, day));
    }
  }
}
