package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.ScanPlan.Part;

/** One analysis' fold over one dataset in a map task: what it feeds, and what it counted. */
final class FoldInTask implements Emitter {
  private final TaskInputOutputContext<?, ?, BytesWritable, BytesWritable> context;
  private final Part part;
  private final String dataset;
  private final Fold fold;
  private final Map<String, Output> outputs = new LinkedHashMap<>();
  private final BytesWritable shuffleKey = new BytesWritable();
  private final BytesWritable shuffleValue = new BytesWritable();
  private final ByteWriter buffer = new ByteWriter();

  private Partition partition;
  private long foldedSinceFlush;
  private long folded;
  private long passedOver;
  private long written;

  /** A table with routes, and those that the current partition feeds. */
  private static final class Output {
    private final int index;
    private final String table;
    private final List<LocalDate> starts = new ArrayList<>();
    private final Map<LocalDate, long[]> eventsSinceFlush = new LinkedHashMap<>();

    private Output(int index, String table) {
      this.index = index;
      this.table = table;
    }

    private void begin(Part part, Partition partition) {
      starts.clear();
      eventsSinceFlush.clear();
      part.routes().stream()
          .filter(route -> route.table().dataset().equals(table))
          .filter(route -> route.reads().contains(partition))
          .map(Route::start)
          .sorted()
          .forEach(
              start -> {
                starts.add(start);
                eventsSinceFlush.put(start, new long[1]);
              });
    }
  }

  /**
   * @param firstIndex place of the analysis' first table among all tables of the plan
   */
  FoldInTask(
      TaskInputOutputContext<?, ?, BytesWritable, BytesWritable> context,
      ScanContext scan,
      int firstIndex) {
    this.context = context;
    part = scan.part();
    dataset = scan.dataset();
    int index = firstIndex;
    for (var table : part.routedTables()) {
      outputs.put(table, new Output(index++, table));
    }
    fold = part.analysis().fold(scan, context.getConfiguration());
  }

  /** The dataset whose batches it takes. */
  String dataset() {
    return dataset;
  }

  void begin(Partition next) {
    partition = next;
    outputs.values().forEach(output -> output.begin(part, next));
  }

  void fold(ColumnBatch batch) throws IOException {
    if (outputs.values().stream().allMatch(output -> output.starts.isEmpty())) {
      passedOver += batch.size();
      return;
    }
    long rows = fold.fold(batch);
    foldedSinceFlush += rows;
    folded += rows;
    passedOver += batch.size() - rows;
  }

  long memoryBytes() {
    return fold.memoryBytes();
  }

  void flush() throws IOException {
    if (foldedSinceFlush == 0) {
      return;
    }
    fold.flush(this);
    for (var output : outputs.values()) {
      output.eventsSinceFlush.forEach((start, events) -> check(output, start, events));
    }
    foldedSinceFlush = 0;
  }

  private void check(Output output, LocalDate start, long[] events) {
    if (events[0] != foldedSinceFlush) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s folded %d rows of %s but emitted or finished %d for %s of %s",
              part.analysis().name(),
              foldedSinceFlush,
              partition,
              events[0],
              output.table,
              start));
    }
    events[0] = 0;
  }

  void count() {
    var name = part.analysis().name();
    context.getCounter(FoldCounter.GROUP, name + ".folded").increment(folded);
    context.getCounter(FoldCounter.GROUP, name + ".passed_over").increment(passedOver);
    context.getCounter(FoldCounter.PARTIAL_EVENTS_WRITTEN).increment(written);
  }

  @Override
  public boolean wants(String table) {
    return !starts(table).isEmpty();
  }

  @Override
  public List<LocalDate> starts(String table) {
    var output = outputs.get(table);
    return output == null ? List.of() : output.starts;
  }

  @Override
  public void emit(String table, ByteWriter key, ByteWriter partial, long events) {
    for (var start : starts(table)) {
      emit(table, start, key, partial, events);
    }
  }

  @Override
  public void emit(String table, LocalDate start, ByteWriter key, ByteWriter partial, long events) {
    finished(table, start, events);
    written += events;
    int index = outputs.get(table).index;
    ShuffleKey.set(shuffleKey, buffer, index, Math.toIntExact(start.toEpochDay()), key);
    buffer.clear().putUnsigned(events).putBytes(partial.bytes(), 0, partial.length());
    shuffleValue.set(buffer.bytes(), 0, buffer.length());
    try {
      context.write(shuffleKey, shuffleValue);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while emitting to " + table, e);
    }
  }

  @Override
  public void finished(String table, LocalDate start, long events) {
    outputs.get(table).eventsSinceFlush.get(start)[0] += events;
  }
}
