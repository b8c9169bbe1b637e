package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * Finds sessions in the events of a day. Where the events come in the order of their times, a chain
 * of events without a gap is a session as soon as the gap after it has passed, and its rows are
 * written right here: by {@link BatchSessions} if it lies within a batch, else from {@link Chains}.
 * Only what lies within a gap of an edge, where the events before or after are not seen, travels to
 * the merge, whole and uncut. Where they do not come in order, everything does.
 */
final class SessionsFold implements Fold {
  private static final long NEVER = Long.MIN_VALUE;

  /** Texts of events that are gone are forgotten once they take this much. */
  private static final long TEXTS_TO_KEEP = 1L << 26;

  private final FoldContext context;
  private final SessionOutput output;
  private final BatchSessions batchSessions;
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter partial = new ByteWriter();

  private TextDictionary texts;
  private EventColumns columns;
  private Chains chains;
  private FoundSession session;

  private Partition partition;
  private boolean isOrdered;

  /** Time of the first event since the last edge. */
  private long edge = NEVER;

  private long lastTime = NEVER;
  private long finished;

  SessionsFold(FoldContext context, List<FunnelDefinition> definitions) {
    this.context = context;
    output = new SessionOutput(context, definitions);
    batchSessions = new BatchSessions(output);
    forget();
  }

  @Override
  public List<String> columns() {
    return EventColumns.NAMES;
  }

  @Override
  public Set<String> eventTypes() {
    return Arrays.stream(EventType.values())
        .map(EventType::text)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public long fold(ColumnBatch batch) throws IOException {
    if (!batch.partition().equals(partition)) {
      begin(batch.partition());
    }
    long before = finished;
    boolean isWithinBatch = isOrdered && EventColumns.isDistinct(batch);
    if (isOrdered) {
      checkOrder(batch);
    }
    if (isWithinBatch) {
      finished += batchSessions.write(batch);
    }
    long folded = finished - before;
    columns.begin(batch);
    long[] times = columns.times();
    for (int row = 0; row < batch.size(); row++) {
      if (isWithinBatch ? batchSessions.isLeft(row) : columns.type(row) != KnownType.UNKNOWN) {
        if (isOrdered) {
          pass(times[row]);
        }
        add(row);
        folded++;
      }
    }
    if (isOrdered) {
      pass(lastTime);
    }
    if (texts.memoryBytes() > TEXTS_TO_KEEP && chains.memoryBytes() < TEXTS_TO_KEEP) {
      forgetTexts();
    }
    return folded;
  }

  @Override
  public long memoryBytes() {
    return texts.memoryBytes() + chains.memoryBytes();
  }

  @Override
  public void flush(Emitter emitter) {
    // The partition feeds one route: its day is in one segment.
    var start = emitter.starts(Sessions.SESSIONS).get(0);
    emitter.finished(Sessions.SESSIONS, start, finished);
    finished = 0;
    while (chains.oldest() != Chains.NONE) {
      chains.setAside(chains.oldest());
    }
    for (int chain = chains.takeAside(); chain != Chains.NONE; chain = chains.takeAside()) {
      key.clear();
      Visitor.putKey(key, chains.kind(chain), texts, chains.visitor(chain));
      int event = chains.firstEvent(chain);
      while (event != Chains.NONE) {
        // In pieces, so that neither a copy nor a record is as large as the chain may be.
        session.events.clear();
        event = chains.copy(chain, event, EventCodec.CHUNK, session.events);
        int size = session.events.size();
        EventCodec.write(session.events, 0, size, partial.clear());
        emitter.emit(Sessions.SESSIONS, start, key, partial, size);
      }
      chains.free(chain);
    }
    forget();
  }

  private void begin(Partition next) {
    partition = next;
    isOrdered = context.isTimeOrdered(next);
    lastTime = NEVER;
    output.begin(next.day());
  }

  /** Checks that a batch is in order, and notes when it begins and ends. */
  private void checkOrder(ColumnBatch batch) {
    long[] times = batch.longs("event_time").values();
    if (edge == NEVER) {
      edge = times[0];
    }
    for (int row = 0; row < batch.size(); row++) {
      if (times[row] < lastTime) {
        throw ClickmillException.failed(
            "Cannot read %s: its manifest says that its events are in the order of time, but one of"
                + " %s comes after one of %s. Compact the day again.",
            partition, Instant.ofEpochMilli(times[row]), Instant.ofEpochMilli(lastTime));
      }
      lastTime = times[row];
    }
  }

  /** Lets the time go by, which ends what has been silent for longer than a gap. */
  private void pass(long time) throws IOException {
    while (chains.oldest() != Chains.NONE
        && time - chains.lastTime(chains.oldest()) > SessionRules.GAP) {
      end(chains.oldest());
    }
  }

  private void end(int chain) throws IOException {
    if (chains.firstTime(chain) - edge <= SessionRules.GAP) {
      // An event before the edge, in another split or day, may lead to it.
      chains.setAside(chain);
      return;
    }
    session.events.clear();
    chains.copy(chain, session.events);
    session.visitorKind = chains.kind(chain);
    session.visitor = chains.visitor(chain);
    chains.removeOldest();
    session.from = 0;
    session.to = session.events.size();
    finished += output.write(session);
  }

  private void add(int row) throws IOException {
    columns.identify(row);
    if (columns.visitorKind() == Visitor.NONE) {
      session.events.clear();
      columns.read(row, session.events, session.events.add());
      session.from = 0;
      session.to = 1;
      finished += output.writeWithoutVisitor(session, columns.hash(row));
    } else {
      columns.read(row, chains.events(), chains.add(columns.visitorKind(), columns.visitor()));
    }
  }

  /** Begins anew, as after an edge. */
  private void forget() {
    use(new Chains(new TextDictionary()));
    edge = NEVER;
  }

  /** Keeps only the texts of events that are still in hand. */
  private void forgetTexts() {
    var renewed = new Chains(new TextDictionary());
    chains.moveTo(renewed);
    use(renewed);
  }

  private void use(Chains other) {
    chains = other;
    texts = other.events().texts();
    columns = new EventColumns(texts);
    session = new FoundSession(new SessionEvents(texts));
  }
}
