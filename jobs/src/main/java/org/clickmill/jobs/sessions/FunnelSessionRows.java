package org.clickmill.jobs.sessions;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.write.Row;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.TextDictionary;
import org.clickmill.jobs.sessions.CartOutcome.Kind;

/**
 * Writes rows of the table funnel_sessions: one for each funnel that a session entered, and one for
 * its cart. A session that can still change has a row in any case. Sessions of a batch that are
 * equal in a funnel, or in what became of their carts, may have one row together.
 */
final class FunnelSessionRows {
  private static final TableSchema SCHEMA = Sessions.FUNNEL_SESSIONS_SCHEMA;
  static final int FUNNEL = SCHEMA.ordinal("funnel");
  static final int LEVEL = SCHEMA.ordinal("level");
  static final int BRAND = SCHEMA.ordinal("brand");
  static final int CATEGORY = SCHEMA.ordinal("category_code");
  static final int STEP_TIMES = SCHEMA.ordinal("step_times");
  static final int CART = SCHEMA.ordinal("cart");
  static final int SESSIONS = SCHEMA.ordinal("sessions");
  static final int ABANDONED_VALUE = SCHEMA.ordinal("abandoned_value");
  static final int IS_COMPLETE = SCHEMA.ordinal("is_complete");
  static final int IS_OPEN = SCHEMA.ordinal("is_open");

  private static final long LOW = 0xffff_ffffL;

  /** What the column cart says for each kind of outcome. */
  private static final byte[][] CART_KINDS =
      Arrays.stream(Kind.values())
          .map(kind -> utf8(kind.name().toLowerCase(Locale.ROOT)))
          .toArray(byte[][]::new);

  private final FunnelEvaluator[] evaluators;
  private final byte[][] names;
  private final CartOutcome cart = new CartOutcome();
  private final ByteWriter stepTimes = new ByteWriter();

  /** For each funnel, sessions that reached just its first step, by brand and category. */
  private final Long2LongOpenHashMap[] firstSteps;

  private final CartCounts carts = new CartCounts();

  FunnelSessionRows(List<FunnelDefinition> definitions) {
    evaluators = definitions.stream().map(FunnelEvaluator::new).toArray(FunnelEvaluator[]::new);
    names = definitions.stream().map(each -> utf8(each.name())).toArray(byte[][]::new);
    firstSteps =
        definitions.stream()
            .map(definition -> new Long2LongOpenHashMap())
            .toArray(Long2LongOpenHashMap[]::new);
  }

  void write(FoundSession session, RowSink sink) throws IOException {
    boolean isTold = session.isComplete;
    for (int i = 0; i < evaluators.length; i++) {
      int level = evaluators[i].evaluate(session.events, session.from, session.to);
      if (level > 0) {
        writeFunnel(session, i, level, sink);
        isTold = true;
      }
    }
    computeCart(session);
    if (cart.kind() != Kind.NO_CART || !isTold) {
      var row = begin(sink, session.isComplete, session.isOpen, 1);
      if (cart.kind() != Kind.NO_CART) {
        setCart(row, cart.kind(), cart.value());
      }
      sink.write();
    }
  }

  /**
   * Writes what a session has in common with none, and counts it in the rest until {@link #flush}.
   *
   * @param session complete, and not open at the end of its day
   */
  void collect(FoundSession session, RowSink sink) throws IOException {
    for (int i = 0; i < evaluators.length; i++) {
      int level = evaluators[i].evaluate(session.events, session.from, session.to);
      if (level == 1) {
        int first = evaluators[i].event(0);
        firstSteps[i].addTo(
            (long) session.events.brands[first] << 32 | session.events.categories[first] & LOW, 1);
      } else if (level > 1) {
        writeFunnel(session, i, level, sink);
      }
    }
    computeCart(session);
    if (!Money.fits(carts.value() + cart.value())) {
      flushCarts(sink);
    }
    carts.add(cart.kind(), 1, cart.value());
  }

  /** Whether there is something to flush. */
  boolean hasCollected() {
    return carts.total() > 0;
  }

  /**
   * Writes what was counted.
   *
   * @param texts of the sessions
   */
  void flush(TextDictionary texts, RowSink sink) throws IOException {
    for (int i = 0; i < firstSteps.length; i++) {
      for (var entry : firstSteps[i].long2LongEntrySet()) {
        var row = begin(sink, true, false, entry.getLongValue());
        setFunnel(row, names[i], 1);
        SessionRows.setText(row, BRAND, texts, (int) (entry.getLongKey() >> 32));
        SessionRows.setText(row, CATEGORY, texts, (int) entry.getLongKey());
        sink.write();
      }
      firstSteps[i].clear();
    }
    flushCarts(sink);
  }

  private void flushCarts(RowSink sink) throws IOException {
    for (var kind : Kind.values()) {
      long sessions = carts.sessions(kind);
      if (kind != Kind.NO_CART && sessions > 0) {
        setCart(
            begin(sink, true, false, sessions), kind, kind == Kind.ABANDONED ? carts.value() : 0);
        sink.write();
      }
    }
    carts.clear();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Row begin(RowSink sink, boolean isComplete, boolean isOpen, long sessions)
      throws IOException {
    var row = sink.row();
    row.setBoolean(IS_COMPLETE, isComplete);
    row.setBoolean(IS_OPEN, isOpen);
    row.setLong(SESSIONS, sessions);
    return row;
  }

  private void writeFunnel(FoundSession session, int funnel, int level, RowSink sink)
      throws IOException {
    var row = begin(sink, session.isComplete, session.isOpen, 1);
    setFunnel(row, names[funnel], level);
    var evaluator = evaluators[funnel];
    var events = session.events;
    int first = evaluator.event(0);
    SessionRows.setText(row, BRAND, events.texts(), events.brands[first]);
    SessionRows.setText(row, CATEGORY, events.texts(), events.categories[first]);
    if (level > 1) {
      stepTimes.clear();
      for (int step = 1; step < level; step++) {
        stepTimes.putUnsigned(evaluator.time(step) - evaluator.time(step - 1));
      }
      row.setText(STEP_TIMES, stepTimes.bytes(), 0, stepTimes.length());
    }
    sink.write();
  }

  private static void setFunnel(Row row, byte[] name, int level) {
    row.setText(FUNNEL, name, 0, name.length);
    row.setLong(LEVEL, level);
  }

  private static void setCart(Row row, Kind kind, long value) {
    byte[] text = CART_KINDS[kind.ordinal()];
    row.setText(CART, text, 0, text.length);
    row.setLong(ABANDONED_VALUE, value);
  }

  private void computeCart(FoundSession session) {
    try {
      cart.compute(session.events, session.from, session.to);
    } catch (ArithmeticException e) {
      throw SessionRows.tooManyDigits("the abandoned cart", session, e);
    }
    if (!Money.fits(cart.value())) {
      throw SessionRows.tooManyDigits("the abandoned cart", session, null);
    }
  }
}
