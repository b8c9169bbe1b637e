package org.clickmill.testdata.generate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.event.Money;

/**
 * Streams the events of a shop in the order of time; events of one second stay in the order of
 * their sessions. Not for use by several threads.
 */
public final class EventGenerator {
  private static final double LENGTH_DECAY = 1.17;
  private static final int LONGEST_SESSION = 500;
  private static final int DAY = 86_400;

  private final Quantiles pauses = Quantiles.logLogistic(24, 1, 1, DAY);
  private final long[] lengths = Quantiles.powerLaw(LENGTH_DECAY, LONGEST_SESSION);
  private final PriorityQueue<Session> active = new PriorityQueue<>();
  private final ArrayDeque<Session> spare = new ArrayDeque<>();
  private final GeneratedEvent event = new GeneratedEvent();
  private final Behaviour behaviour;
  private final Catalogue catalogue;
  private final Visitors visitors;
  private final SessionStarts starts;
  private final long lengthKey;
  private final long stepsKey;
  private final long sessions;
  private final long lastLength;
  private final long firstSecond;
  private final long endSecond;
  private long session;
  private long nextStart;
  private int mostActive;

  public EventGenerator(GeneratorOptions options) {
    this(options, Behaviour.DEFAULT);
  }

  EventGenerator(GeneratorOptions options, Behaviour behaviour) {
    this.behaviour = behaviour;
    lengthKey = Randomness.key(options.seed(), Purpose.SESSION_LENGTH);
    stepsKey = Randomness.key(options.seed(), Purpose.SESSION_STEPS);
    long count = 0;
    long left = options.events();
    while (left > length(count)) {
      left -= length(count);
      count++;
    }
    lastLength = left;
    sessions = count + 1;
    catalogue = new Catalogue(options);
    visitors = new Visitors(options, sessions);
    starts = new SessionStarts(options, sessions);
    firstSecond = options.from().atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    endSecond = firstSecond + (long) options.days() * DAY;
    nextStart = starts.next(0);
  }

  /**
   * Makes the next event.
   *
   * @return false when there are no more
   */
  public boolean next() {
    while (session < sessions && (active.isEmpty() || nextStart <= active.peek().second())) {
      admit();
    }
    var earliest = active.poll();
    if (earliest == null) {
      return false;
    }
    if (earliest.step(event)) {
      active.add(earliest);
    } else {
      spare.add(earliest);
    }
    return true;
  }

  /** Fills in the event made last, as the import of a generated file would, but for its source. */
  public void fill(Event target) {
    target.setEventTime(Instant.ofEpochSecond(event.second));
    target.setEventType(new Utf8(event.type.text()));
    target.setProductId(number(event.product));
    target.setCategoryId(text(event.categoryId));
    target.setCategoryCode(text(event.categoryCode));
    target.setBrand(text(event.brand));
    target.setPrice(Money.toAvro(event.cents * 100));
    target.setQuantity(1);
    target.setVisitorId(null);
    target.setUserId(number(event.user));
    target.setUserSession(event.session == null ? null : new Utf8(event.session.clone()));
    target.setOrderId(null);
    target.setEventId(null);
    target.setSourceName(null);
    target.setSourcePartition(null);
    target.setSourceOffset(null);
  }

  /** When the event made last happened, in seconds since the epoch. */
  public long second() {
    return event.second;
  }

  /** What the event made last is. */
  public EventType type() {
    return event.type;
  }

  /** How many sessions there are in all. */
  public long sessions() {
    return sessions;
  }

  /** The event made last; the same object each time. */
  GeneratedEvent event() {
    return event;
  }

  /** How many sessions were under way at once at most, which is what memory is needed for. */
  int mostActive() {
    return mostActive;
  }

  private void admit() {
    var next = spare.isEmpty() ? new Session(catalogue, pauses, behaviour) : spare.poll();
    double elapsed = (double) (nextStart - firstSecond) / (endSecond - firstSecond);
    next.begin(
        session,
        Randomness.of(stepsKey, session),
        session == sessions - 1 ? lastLength : length(session),
        nextStart,
        endSecond - 1,
        visitors.choose(session, elapsed));
    active.add(next);
    mostActive = Math.max(mostActive, active.size());
    session++;
    if (session < sessions) {
      nextStart = starts.next(session);
    }
  }

  private long length(long number) {
    return Quantiles.choose(lengths, Randomness.of(lengthKey, number));
  }

  private static Utf8 number(long value) {
    return new Utf8(Long.toString(value).getBytes(US_ASCII));
  }

  private static Utf8 text(byte[] utf8) {
    return utf8 == null ? null : new Utf8(utf8);
  }
}
