package org.clickmill.jobs.sessions;

import java.util.List;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * One session, as far as it has come: all that its rows need, and none of its events. Events are
 * added in content order; the session's memory is bounded by {@link SessionLimits}. A session that
 * goes on the next day is written as bytes.
 */
final class SessionState {
  private static final int FORMAT = 2;

  /** As {@link #FORMAT}, with {@link DwellTimes} behind the cart. */
  private static final int FORMAT_WITH_DWELL = 3;

  final SessionFigures figures;
  final CartState cart;
  final FunnelState[] funnels;
  final SessionStrings strings = new SessionStrings();

  /** Null if it is not remembered. */
  final DwellTimes dwell;

  private final long definitions;
  private final ByteWriter buffer = new ByteWriter();

  /** The columns that the references of {@link #strings} are ids of. */
  private EventColumns columns;

  private boolean hasFunnels = true;
  private boolean hasDwell = true;

  SessionState(List<FunnelDefinition> definitions, SessionLimits limits) {
    this.definitions = FunnelDefinition.fingerprint(definitions);
    figures = new SessionFigures(limits.orders());
    cart = new CartState(limits.products());
    dwell = limits.hasDwell() ? new DwellTimes() : null;
    funnels =
        definitions.stream()
            .map(definition -> new FunnelState(definition, limits))
            .toArray(FunnelState[]::new);
    clear();
  }

  /** Begins with the columns of another batch, which every event that is added now lies in. */
  void begin(EventColumns next) {
    columns = next;
    for (var funnel : funnels) {
      funnel.begin(next);
    }
    if (dwell != null) {
      dwell.begin(next);
    }
  }

  /** The columns of the batch, or of the event, that was added last. */
  EventColumns columns() {
    return columns;
  }

  /** Begins a session. */
  void clear() {
    figures.clear();
    cart.clear();
    for (var funnel : funnels) {
      funnel.clear();
    }
    strings.clear();
    if (dwell != null) {
      dwell.clear();
    }
    hasFunnels = true;
    hasDwell = true;
  }

  boolean isEmpty() {
    return figures.events == 0;
  }

  /**
   * Adds an event.
   *
   * @throws ArithmeticException if the revenue has too many digits
   */
  void add(int row) {
    figures.add(columns, row, strings);
    if (columns.type(row) != KnownType.VIEW) {
      cart.add(columns, row);
    }
    for (var funnel : funnels) {
      funnel.add(columns, row, strings);
    }
    if (dwell != null) {
      dwell.add(columns.times[row], row);
    }
    if (strings.isLarge()) {
      keepStrings();
    }
  }

  /** Ends the session, after which the levels of its funnels can be asked for. */
  void settle() {
    for (var funnel : funnels) {
      funnel.settle();
    }
  }

  /** Whether the funnels were followed; not so in a state that was written with other funnels. */
  boolean hasFunnels() {
    return hasFunnels;
  }

  /** Whether the times are remembered; not so in a state that was written without them. */
  boolean hasDwell() {
    return dwell != null && hasDwell;
  }

  /** Whether there was more than is remembered. */
  boolean isCapped() {
    boolean isCapped = figures.isCapped || cart.isCapped();
    for (var funnel : funnels) {
      isCapped |= funnel.isCapped();
    }
    return isCapped;
  }

  /** Keeps the strings that are needed, so that the session can go on in another batch. */
  void keepStrings() {
    strings.renew();
    figures.renew(columns, strings);
    for (var funnel : funnels) {
      funnel.renew(columns, strings);
    }
    strings.endRenewal();
  }

  /** Writes the state of a session whose last instant is over. */
  void write(ByteWriter target) {
    target.putByte(dwell == null ? FORMAT : FORMAT_WITH_DWELL);
    figures.write(columns, strings, target);
    cart.write(target);
    if (dwell != null) {
      dwell.write(buffer.clear());
      target.putText(buffer.bytes(), 0, buffer.length());
    }
    target.putFixed(definitions);
    for (var funnel : funnels) {
      funnel.write(columns, strings, target);
    }
  }

  /** The start of the session whose state begins at a place. */
  static long start(ByteReader source) {
    readFormat(source);
    return source.readSigned();
  }

  /** Goes on with a session that was written. */
  void read(ByteReader source) {
    clear();
    strings.keepAll();
    hasDwell = readFormat(source) == FORMAT_WITH_DWELL;
    figures.read(source, strings);
    cart.read(source);
    if (hasDwell) {
      int length = source.readTextLength();
      if (dwell == null) {
        source.skip(length);
      } else {
        dwell.read(source);
      }
    }
    hasFunnels = source.readFixed() == definitions;
    for (int i = 0; hasFunnels && i < funnels.length; i++) {
      funnels[i].read(source, strings);
    }
  }

  private static int readFormat(ByteReader source) {
    int format = source.readByte();
    if (format != FORMAT && format != FORMAT_WITH_DWELL) {
      throw ClickmillException.failed(
          "Cannot go on with an open session: open_sessions has its state in form %d, not %d;"
              + " compute the day before again with pipeline --recompute-outdated",
          format, FORMAT);
    }
    return format;
  }
}
