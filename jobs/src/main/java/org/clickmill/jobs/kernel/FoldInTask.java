package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.RoutesInTask.RouteInTask;
import org.clickmill.jobs.kernel.ScanPlan.Part;

/** One analysis' fold over one dataset in a map task: what it feeds, and what it counted. */
final class FoldInTask implements Emitter {
  private static final Fed NOTHING = new Fed(List.of(), List.of());

  private final TaskInputOutputContext<?, ?, BytesWritable, BytesWritable> context;
  private final Part part;
  private final String dataset;
  private final Fold fold;
  private final RoutesInTask routes;
  private final long mostWaitingBytes;
  private final Map<String, Fed> fedByTable = new HashMap<>();
  private final BytesWritable shuffleKey = new BytesWritable();
  private final BytesWritable shuffleValue = new BytesWritable();
  private final ByteWriter buffer = new ByteWriter();
  private final ByteReader keyReader = new ByteReader();

  private Partition partition;
  private boolean hasFolded;
  private long foldedSinceFlush;
  private long written;
  private long partials;

  /** The routes of one table that the current partition feeds, in the order of their starts. */
  private record Fed(List<RouteInTask> routes, List<LocalDate> starts) {}

  /**
   * @param files take the rows that the fold finishes itself
   * @param routes of the whole part, shared by its folds over several datasets
   */
  FoldInTask(
      TaskInputOutputContext<?, ?, BytesWritable, BytesWritable> context,
      ScanPlan plan,
      Part part,
      String dataset,
      PartitionFiles files,
      RoutesInTask routes) {
    this.context = context;
    this.part = part;
    this.dataset = dataset;
    this.routes = routes;
    mostWaitingBytes =
        KernelSettings.foldMemoryBytes(context.getConfiguration()) / plan.parts().size();
    var scan = new ScanContext(plan, part, dataset, files, this);
    fold = part.analysis().fold(scan, context.getConfiguration());
  }

  /** The dataset whose batches it takes. */
  String dataset() {
    return dataset;
  }

  void begin(Partition next) {
    partition = next;
    fedByTable.clear();
    var byTable = new HashMap<String, List<RouteInTask>>();
    for (var route : routes.of(next)) {
      byTable.computeIfAbsent(route.dataset(), any -> new ArrayList<>()).add(route);
    }
    byTable.forEach(
        (table, fed) -> {
          fed.sort(Comparator.comparing(RouteInTask::start));
          fedByTable.put(table, new Fed(fed, fed.stream().map(RouteInTask::start).toList()));
        });
  }

  void fold(ColumnBatch batch) throws IOException {
    if (fedByTable.isEmpty()) {
      return;
    }
    hasFolded = true;
    foldedSinceFlush += fold.fold(batch);
  }

  long memoryBytes() {
    return fold.memoryBytes();
  }

  /** Has the fold forget what it was given, also if none of these rows counts as folded. */
  void flush() throws IOException {
    if (!hasFolded) {
      return;
    }
    fold.flush(this);
    checkRoutes();
    hasFolded = false;
  }

  /** Has the fold emit what takes memory, in the middle of the partition. */
  void spill() throws IOException {
    if (hasFolded) {
      hasFolded = fold.spill(this);
      checkRoutes();
    }
  }

  /** Shuffles the partials that wait to be merged in this task. */
  void shuffle() throws IOException {
    routes.shuffle(this::shuffle);
  }

  private void checkRoutes() {
    for (var route : routes.of(partition)) {
      check(route, route.takeCount());
    }
    foldedSinceFlush = 0;
  }

  /** Ends the partition, which has been flushed. */
  void end(RouteMerge merge) throws IOException {
    routes.end(partition, merge);
  }

  private void check(RouteInTask route, long events) {
    if (events != foldedSinceFlush) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s folded %d rows of %s but emitted or finished %d for %s of %s",
              part.analysis().name(),
              foldedSinceFlush,
              partition,
              events,
              route.dataset(),
              route.start()));
    }
  }

  void count(StagedFiles staged) {
    staged.count(FoldCounter.PARTIAL_EVENTS_WRITTEN, written);
    staged.count(FoldCounter.PARTIALS_WRITTEN, partials);
  }

  @Override
  public boolean wants(String table) {
    return fedByTable.containsKey(table);
  }

  @Override
  public List<LocalDate> starts(String table) {
    return fedByTable.getOrDefault(table, NOTHING).starts();
  }

  @Override
  public void emit(String table, ByteWriter key, ByteWriter partial, long events) {
    var fed = fedByTable.getOrDefault(table, NOTHING).routes();
    for (int i = 0; i < fed.size(); i++) {
      emit(fed.get(i), key, partial, events);
    }
  }

  @Override
  public void emit(String table, LocalDate start, ByteWriter key, ByteWriter partial, long events) {
    emit(route(table, start), key, partial, events);
  }

  @Override
  public void finished(String table, LocalDate start, long events) {
    route(table, start).count(events);
  }

  private RouteInTask route(String table, LocalDate start) {
    var fed = fedByTable.get(table);
    return fed.routes().get(fed.starts().indexOf(start));
  }

  private void emit(RouteInTask route, ByteWriter key, ByteWriter partial, long events) {
    route.count(events);
    written += events;
    partials++;
    var waiting = routes.waiting(route);
    if (waiting != null) {
      boolean isLarger = waiting.add(key, partial, events);
      if (isLarger && routes.memoryBytes() > mostWaitingBytes) {
        giveUpWaiting(route);
      }
      return;
    }
    buffer.clear().putUnsigned(events).putBytes(partial.bytes(), 0, partial.length());
    shuffleValue.set(buffer.bytes(), 0, buffer.length());
    keyReader.reset(key.bytes(), 0, key.length());
    try {
      write(route, keyReader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A flush may emit more than the memory of folds takes, so what waits is watched, too. */
  private void giveUpWaiting(RouteInTask route) {
    try {
      routes.shuffle(route, this::shuffle);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void shuffle(RouteInTask route, ByteReader key, ByteReader value) throws IOException {
    shuffleValue.set(value.bytes(), value.position(), value.remaining());
    write(route, key);
  }

  private void write(RouteInTask route, ByteReader key) throws IOException {
    int day = Math.toIntExact(route.start().toEpochDay());
    ShuffleKey.set(shuffleKey, buffer, route.table(), day, key);
    try {
      context.write(shuffleKey, shuffleValue);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while emitting to " + route.dataset(), e);
    }
  }
}
