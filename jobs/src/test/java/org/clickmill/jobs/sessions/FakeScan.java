package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.io.BytesWritable;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.sessions.FakeBatch.VisitorEvent;

/** One segment of a scan without Hadoop: folds over random splits, a shuffle, a merge. */
final class FakeScan implements FoldContext, MergeContext, Emitter {
  private static final SessionLimits LIMITS =
      new SessionLimits(10_000, 10_000, 10_000, 100_000, false);

  private final Set<Partition> wanted;
  private final Set<LocalDate> days;
  private final Set<LocalDate> openDays;
  private final Map<byte[], List<BytesWritable>> shuffle = new TreeMap<>(Arrays::compareUnsigned);
  private final Map<Partition, List<Map<String, Object>>> rows = new HashMap<>();
  private long accounted;
  private long emitted;

  /**
   * @param wanted what is to be written
   * @param days the days of the segment
   * @param openDays the days of which the open sessions are read
   */
  FakeScan(Set<Partition> wanted, Set<LocalDate> days, Set<LocalDate> openDays) {
    this.wanted = wanted;
    this.days = days;
    this.openDays = openDays;
  }

  /** The events of a day as they lie in its files. */
  static List<VisitorEvent> clustered(List<VisitorEvent> events) {
    return events.stream()
        .sorted(
            Comparator.comparing(FakeScan::hash, Long::compareUnsigned)
                .thenComparing(VisitorEvent::key)
                .thenComparing(VisitorEvent::event, PlainEvent.CONTENT_ORDER))
        .toList();
  }

  private static long hash(VisitorEvent event) {
    var key = event.key();
    if (key.isEmpty()) {
      // Anywhere but among the events of a visitor.
      return event.event().hashCode() * 0x9e3779b97f4a7c15L;
    }
    var utf8 = key.substring(Visitor.PREFIX).getBytes(StandardCharsets.UTF_8);
    return VisitorHash.of((byte) key.charAt(0), utf8, 0, utf8.length);
  }

  /**
   * Folds a day in random pieces; returns the number of events that were emitted.
   *
   * @param events clustered
   */
  long fold(LocalDate day, List<VisitorEvent> events, Random random) throws IOException {
    var partition = Partition.ofDay(Datasets.EVENTS_DAILY, day);
    long emittedBefore = emitted;
    var fold = fold();
    long folded = 0;
    accounted = 0;
    for (int from = 0; from < events.size(); ) {
      int most = random.nextInt(4) == 0 ? events.size() : 60;
      int to = Math.min(events.size(), from + 1 + random.nextInt(most));
      boolean isDistinct = random.nextInt(4) > 0;
      folded += fold.fold(new FakeBatch(partition, events.subList(from, to), isDistinct));
      boolean isCutBetweenVisitors =
          to == events.size() || !events.get(to).key().equals(events.get(to - 1).key());
      if (isCutBetweenVisitors && random.nextInt(8) == 0) {
        // Another task begins.
        fold.flush(this);
        fold = fold();
      } else if (random.nextInt(8) == 0) {
        fold.spill(this);
        check(folded);
      }
      from = to;
    }
    fold.flush(this);
    check(folded);
    return emitted - emittedBefore;
  }

  private void check(long folded) {
    if (accounted != folded) {
      throw new IllegalStateException(folded + " events folded, " + accounted + " accounted for");
    }
  }

  private SessionsFold fold() {
    return new SessionsFold(
        this, List.of(FunnelDefinition.VIEW_CART_PURCHASE), LIMITS, new FoldedProducts(this, 10));
  }

  /** Adds the sessions that were open before the segment. */
  void carry(List<Map<String, Object>> openSessions) {
    for (var row : openSessions) {
      byte[] state = (byte[]) row.get("state");
      var utf8 = ((String) row.get("visitor")).getBytes(StandardCharsets.UTF_8);
      var visitor = new Visitor();
      visitor.set(utf8[0], utf8, Visitor.PREFIX, utf8.length - Visitor.PREFIX);
      var key = new ByteWriter();
      EventKeys.putVisitor(visitor, key);
      EventKeys.putSession(((Instant) row.get("start_time")).toEpochMilli(), key);
      put(key, new ByteWriter().putUnsigned(1).putBytes(state, 0, state.length));
    }
  }

  void merge() throws IOException {
    var merge =
        new SessionsMerge(
            this,
            List.of(FunnelDefinition.VIEW_CART_PURCHASE),
            LIMITS,
            new MergedProducts(this, 10));
    for (var entry : shuffle.entrySet()) {
      var partials = new PartialAggregates();
      partials.reset(entry.getValue().iterator());
      byte[] key = entry.getKey();
      merge.merge(new ByteReader().reset(key, 0, key.length), partials, null);
    }
    merge.end(null);
  }

  /** The rows of a partition, as maps from column to value. */
  List<Map<String, Object>> rows(Partition partition) {
    return rows.getOrDefault(partition, List.of());
  }

  private void put(ByteWriter key, ByteWriter partial) {
    shuffle
        .computeIfAbsent(Arrays.copyOf(key.bytes(), key.length()), any -> new ArrayList<>())
        .add(new BytesWritable(Arrays.copyOf(partial.bytes(), partial.length())));
  }

  @Override
  public String dataset() {
    return Datasets.EVENTS_DAILY;
  }

  @Override
  public Set<String> tables() {
    return Set.of(Sessions.SESSIONS);
  }

  @Override
  public LocalDate start() {
    return Collections.min(days);
  }

  @Override
  public boolean isComplete() {
    return true;
  }

  @Override
  public LocalDate firstDay() {
    return LocalDate.EPOCH;
  }

  @Override
  public boolean wants(String table, LocalDate start) {
    return wanted.contains(Partition.ofDay(table, start));
  }

  @Override
  public Set<LocalDate> scanned(String dataset) {
    return dataset.equals(Datasets.EVENTS_DAILY) ? days : openDays;
  }

  @Override
  public boolean isClusteredByUser(Partition day) {
    return false;
  }

  @Override
  public Emitter emitter() {
    return this;
  }

  @Override
  public RowSink nextPartition(String table, LocalDate start) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RowSink rows(String table, LocalDate start) {
    var partition = Partition.ofDay(table, start);
    if (!wanted.contains(partition)) {
      throw new IllegalArgumentException("Not wanted: " + partition);
    }
    var schema =
        new Sessions()
            .tables().stream()
                .filter(candidate -> candidate.dataset().equals(table))
                .findFirst()
                .orElseThrow()
                .schema();
    var row = new Row(schema);
    return new RowSink() {
      @Override
      public Row row() {
        row.clear();
        return row;
      }

      @Override
      public void write() {
        rows.computeIfAbsent(partition, any -> new ArrayList<>()).add(values(schema, row));
      }
    };
  }

  private static Map<String, Object> values(TableSchema schema, Row row) {
    var values = new TreeMap<String, Object>();
    for (int i = 0; i < schema.columns().size(); i++) {
      var column = schema.columns().get(i);
      Object value = null;
      if (!row.isNull(i)) {
        value =
            switch (column.type()) {
              case STRING -> row.text(i);
              case BINARY -> Arrays.copyOf(row.bytes(i), row.bytesLength(i));
              case BOOLEAN -> row.booleanValue(i);
              case TIME -> Instant.ofEpochMilli(row.longValue(i));
              case MONEY -> BigDecimal.valueOf(row.longValue(i), 4);
              default -> row.longValue(i);
            };
      } else if (!column.nullable()) {
        throw new IllegalStateException(column + " is NULL");
      }
      values.put(column.name(), value);
    }
    return values;
  }

  @Override
  public boolean wants(String table) {
    return true;
  }

  @Override
  public List<LocalDate> starts(String table) {
    return List.of(start());
  }

  @Override
  public void emit(String table, ByteWriter key, ByteWriter partial, long events) {
    emit(table, start(), key, partial, events);
  }

  @Override
  public void emit(String table, LocalDate start, ByteWriter key, ByteWriter partial, long events) {
    finished(table, start, events);
    emitted += events;
    var value = new ByteWriter().putUnsigned(events);
    value.putBytes(partial.bytes(), 0, partial.length());
    put(key, value);
  }

  @Override
  public void finished(String table, LocalDate start, long events) {
    accounted += events;
  }
}
