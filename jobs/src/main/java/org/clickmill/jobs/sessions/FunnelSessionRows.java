package org.clickmill.jobs.sessions;

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
import org.clickmill.jobs.sessions.CartOutcome.Kind;

/**
 * Writes rows of the table funnel_sessions: one for each funnel that a session entered, and one for
 * its cart. A session that can still change has a row in any case.
 */
final class FunnelSessionRows {
  private static final TableSchema SCHEMA = Sessions.FUNNEL_SESSIONS_SCHEMA;
  static final int FUNNEL = SCHEMA.ordinal("funnel");
  static final int LEVEL = SCHEMA.ordinal("level");
  static final int BRAND = SCHEMA.ordinal("brand");
  static final int CATEGORY = SCHEMA.ordinal("category_code");
  static final int STEP_TIMES = SCHEMA.ordinal("step_times");
  static final int CART = SCHEMA.ordinal("cart");
  static final int ABANDONED_VALUE = SCHEMA.ordinal("abandoned_value");
  static final int IS_COMPLETE = SCHEMA.ordinal("is_complete");
  static final int IS_OPEN = SCHEMA.ordinal("is_open");

  /** What the column cart says for each kind of outcome. */
  private static final byte[][] CART_KINDS =
      Arrays.stream(Kind.values())
          .map(kind -> utf8(kind.name().toLowerCase(Locale.ROOT)))
          .toArray(byte[][]::new);

  private final FunnelEvaluator[] evaluators;
  private final byte[][] names;
  private final CartOutcome cart = new CartOutcome();
  private final ByteWriter stepTimes = new ByteWriter();

  FunnelSessionRows(List<FunnelDefinition> definitions) {
    evaluators = definitions.stream().map(FunnelEvaluator::new).toArray(FunnelEvaluator[]::new);
    names = definitions.stream().map(each -> utf8(each.name())).toArray(byte[][]::new);
  }

  void write(FoundSession session, RowSink sink) throws IOException {
    boolean isTold = session.isComplete;
    for (int i = 0; i < evaluators.length; i++) {
      var evaluator = evaluators[i];
      int level = evaluator.evaluate(session.events, session.from, session.to);
      if (level > 0) {
        setFunnel(begin(session, sink), names[i], session.events, evaluator, level);
        sink.write();
        isTold = true;
      }
    }
    computeCart(session);
    if (cart.kind() != Kind.NO_CART || !isTold) {
      var row = begin(session, sink);
      if (cart.kind() != Kind.NO_CART) {
        byte[] kind = CART_KINDS[cart.kind().ordinal()];
        row.setText(CART, kind, 0, kind.length);
        row.setLong(ABANDONED_VALUE, cart.value());
      }
      sink.write();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Row begin(FoundSession session, RowSink sink) throws IOException {
    var row = sink.row();
    row.setBoolean(IS_COMPLETE, session.isComplete);
    row.setBoolean(IS_OPEN, session.isOpen);
    return row;
  }

  private void setFunnel(
      Row row, byte[] name, SessionEvents events, FunnelEvaluator evaluator, int level) {
    row.setText(FUNNEL, name, 0, name.length);
    row.setLong(LEVEL, level);
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
