package org.clickmill.jobs.sessions;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.TextDictionary;
import org.clickmill.jobs.sessions.CartState.Kind;
import org.clickmill.jobs.sessions.EventColumns.Strings;

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

  private final byte[][] names;
  private final ByteWriter stepTimes = new ByteWriter();

  /** Brands and categories of all batches. */
  private final TextDictionary texts = new TextDictionary();

  private int[] brands = new int[0];
  private int[] categories = new int[0];

  /** For each funnel, sessions that reached just its first step, by brand and category. */
  private final Long2LongOpenHashMap[] firstSteps;

  private final CartCounts carts = new CartCounts();

  FunnelSessionRows(List<FunnelDefinition> definitions) {
    names = definitions.stream().map(each -> utf8(each.name())).toArray(byte[][]::new);
    firstSteps =
        definitions.stream()
            .map(definition -> new Long2LongOpenHashMap())
            .toArray(Long2LongOpenHashMap[]::new);
  }

  /** Begins with the columns of another batch. */
  void begin(EventColumns columns) {
    brands = unknown(brands, columns.brands.size);
    categories = unknown(categories, columns.categories.size);
  }

  private static int[] unknown(int[] reuse, int size) {
    var ordinals = reuse.length < size ? new int[size] : reuse;
    Arrays.fill(ordinals, 0, size, TextDictionary.UNKNOWN);
    return ordinals;
  }

  /** Writes all rows of a session. */
  void write(FoundSession session, RowSink sink) throws IOException {
    var state = session.state;
    if (!state.hasFunnels()) {
      throw ClickmillException.notReady(
          "Missing funnels of the session of %s that began at %s: open_sessions of that day was"
              + " made with another %s; run sessions for that day first",
          session.visitor, Instant.ofEpochMilli(state.figures.start), FunnelSettings.DEFINITIONS);
    }
    boolean hasRow = session.isComplete;
    for (int i = 0; i < names.length; i++) {
      if (state.funnels[i].level() > 0) {
        writeFunnel(session, i, sink);
        hasRow = true;
      }
    }
    var kind = state.cart.kind();
    if (kind != Kind.NO_CART || !hasRow) {
      long value = cartValue(session);
      var row = begin(sink, session.isComplete, session.isOpen, 1);
      if (kind != Kind.NO_CART) {
        setCart(row, kind, value);
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
    var state = session.state;
    for (int i = 0; i < names.length; i++) {
      var funnel = state.funnels[i];
      if (funnel.level() == 1) {
        long brand = ordinal(state, state.columns().brands, funnel.brand(), brands);
        int category = ordinal(state, state.columns().categories, funnel.category(), categories);
        firstSteps[i].addTo(brand << 32 | category & LOW, 1);
      } else if (funnel.level() > 1) {
        writeFunnel(session, i, sink);
      }
    }
    var kind = state.cart.kind();
    long value = kind == Kind.ABANDONED ? cartValue(session) : 0;
    if (!Money.fits(carts.value() + value)) {
      flushCarts(sink);
    }
    carts.add(kind, 1, value);
  }

  private int ordinal(SessionState state, Strings column, int reference, int[] known) {
    if (reference < 0) {
      return state.strings.ordinal(texts, column, reference);
    }
    if (known[reference] == TextDictionary.UNKNOWN) {
      known[reference] = state.strings.ordinal(texts, column, reference);
    }
    return known[reference];
  }

  long memoryBytes() {
    long bytes = texts.memoryBytes();
    for (var counts : firstSteps) {
      bytes += 32L * counts.size();
    }
    return bytes;
  }

  /** Whether there is something to flush. */
  boolean hasCollected() {
    return carts.total() > 0;
  }

  /** Writes what was counted, at the end of a batch. */
  void flush(RowSink sink) throws IOException {
    for (int i = 0; i < firstSteps.length; i++) {
      for (var entry : firstSteps[i].long2LongEntrySet()) {
        var row = begin(sink, true, false, entry.getLongValue());
        setFunnel(row, names[i], 1);
        setText(row, BRAND, (int) (entry.getLongKey() >> 32));
        setText(row, CATEGORY, (int) entry.getLongKey());
        sink.write();
      }
      firstSteps[i].clear();
    }
    texts.clear();
    Arrays.fill(brands, TextDictionary.UNKNOWN);
    Arrays.fill(categories, TextDictionary.UNKNOWN);
    flushCarts(sink);
  }

  private void setText(Row row, int column, int text) {
    if (text != SessionStrings.NULL) {
      row.setText(column, texts.bytes(), texts.offset(text), texts.length(text));
    }
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

  private void writeFunnel(FoundSession session, int i, RowSink sink) throws IOException {
    var state = session.state;
    var funnel = state.funnels[i];
    var row = begin(sink, session.isComplete, session.isOpen, 1);
    setFunnel(row, names[i], funnel.level());
    state.strings.set(row, BRAND, state.columns().brands, funnel.brand());
    state.strings.set(row, CATEGORY, state.columns().categories, funnel.category());
    if (funnel.level() > 1) {
      stepTimes.clear();
      for (int step = 1; step < funnel.level(); step++) {
        stepTimes.putUnsigned(funnel.time(step) - funnel.time(step - 1));
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

  private static long cartValue(FoundSession session) {
    long start = session.state.figures.start;
    long value;
    try {
      value = session.state.cart.value();
    } catch (ArithmeticException e) {
      throw SessionRows.tooManyDigits("the abandoned cart", session.visitor, start, e);
    }
    if (!Money.fits(value)) {
      throw SessionRows.tooManyDigits("the abandoned cart", session.visitor, start, null);
    }
    return value;
  }
}
