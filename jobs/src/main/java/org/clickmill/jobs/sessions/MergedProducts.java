package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.time.LocalDate;
import org.clickmill.jobs.kernel.MergeContext;

/**
 * Counts the products of sessions that met in the merge, for each day of theirs. Events before the
 * midnight at which a session was open were counted in the map task.
 */
final class MergedProducts {
  private static final long NO_DAY = Long.MIN_VALUE;

  private final MergeContext context;
  private final ProductCounts counts;
  private long day = NO_DAY;
  private boolean isWanted;

  MergedProducts(MergeContext context, int mostProducts) {
    this.context = context;
    counts = new ProductCounts(mostProducts);
  }

  /** Adds the event that is the columns' only row. */
  void add(EventColumns columns) throws IOException {
    long next = Math.floorDiv(columns.times[0], SessionRules.DAY);
    if (next != day) {
      endSession();
      day = next;
      isWanted = context.wants(Sessions.SESSION_PRODUCTS, LocalDate.ofEpochDay(day));
    }
    if (isWanted) {
      counts.begin(columns);
      counts.add(0);
    }
  }

  /** Ends the session in hand. */
  void endSession() throws IOException {
    if (!counts.isEmpty()) {
      counts.endSession();
      counts.write(context.rows(Sessions.SESSION_PRODUCTS, LocalDate.ofEpochDay(day)));
    }
  }
}
