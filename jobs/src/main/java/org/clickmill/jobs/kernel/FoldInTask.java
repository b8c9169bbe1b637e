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
import org.clickmill.jobs.kernel.OutputsInTask.OutputInTask;
import org.clickmill.jobs.kernel.ScanPlan.Part;

/** One analysis' fold over one dataset in a map task: what it feeds, and what it counted. */
final class FoldInTask implements Emitter {
  private static final Fed NOTHING = new Fed(List.of(), List.of());

  private final TaskInputOutputContext<?, ?, BytesWritable, BytesWritable> context;
  private final Part part;
  private final String dataset;
  private final Fold fold;
  private final OutputsInTask outputs;
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

  /**
   * The output partitions of one table that the current partition feeds, in the order of their
   * starts.
   */
  private record Fed(List<OutputInTask> outputs, List<LocalDate> starts) {}

  /**
   * @param files take the rows that the fold finishes itself
   * @param outputs of the whole part, shared by its folds over several datasets
   */
  FoldInTask(
      TaskInputOutputContext<?, ?, BytesWritable, BytesWritable> context,
      ScanPlan plan,
      Part part,
      String dataset,
      PartitionFiles files,
      OutputsInTask outputs) {
    this.context = context;
    this.part = part;
    this.dataset = dataset;
    this.outputs = outputs;
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
    var byTable = new HashMap<String, List<OutputInTask>>();
    for (var output : outputs.of(next)) {
      byTable.computeIfAbsent(output.dataset(), any -> new ArrayList<>()).add(output);
    }
    byTable.forEach(
        (table, fed) -> {
          fed.sort(Comparator.comparing(OutputInTask::start));
          fedByTable.put(table, new Fed(fed, fed.stream().map(OutputInTask::start).toList()));
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
    checkOutputs();
    hasFolded = false;
  }

  /** Has the fold emit what takes memory, in the middle of the partition. */
  void spill() throws IOException {
    if (hasFolded) {
      hasFolded = fold.spill(this);
      checkOutputs();
    }
  }

  /** Shuffles the partials that wait to be merged in this task. */
  void shuffle() throws IOException {
    outputs.shuffle(this::shuffle);
  }

  private void checkOutputs() {
    for (var output : outputs.of(partition)) {
      check(output, output.takeCount());
    }
    foldedSinceFlush = 0;
  }

  /** Ends the partition, which has been flushed. */
  void end(OutputMerge merge) throws IOException {
    outputs.end(partition, merge);
  }

  private void check(OutputInTask output, long events) {
    if (events != foldedSinceFlush) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s folded %d rows of %s but emitted or finished %d for %s of %s",
              part.analysis().name(),
              foldedSinceFlush,
              partition,
              events,
              output.dataset(),
              output.start()));
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
    var fed = fedByTable.getOrDefault(table, NOTHING).outputs();
    for (int i = 0; i < fed.size(); i++) {
      emit(fed.get(i), key, partial, events);
    }
  }

  @Override
  public void emit(String table, LocalDate start, ByteWriter key, ByteWriter partial, long events) {
    emit(output(table, start), key, partial, events);
  }

  @Override
  public void finished(String table, LocalDate start, long events) {
    output(table, start).count(events);
  }

  private OutputInTask output(String table, LocalDate start) {
    var fed = fedByTable.get(table);
    return fed.outputs().get(fed.starts().indexOf(start));
  }

  private void emit(OutputInTask output, ByteWriter key, ByteWriter partial, long events) {
    output.count(events);
    written += events;
    partials++;
    var waiting = outputs.waiting(output);
    if (waiting != null) {
      boolean isLarger = waiting.add(key, partial, events);
      if (isLarger && outputs.memoryBytes() > mostWaitingBytes) {
        giveUpWaiting(output);
      }
      return;
    }
    buffer.clear().putUnsigned(events).putBytes(partial.bytes(), 0, partial.length());
    shuffleValue.set(buffer.bytes(), 0, buffer.length());
    keyReader.reset(key.bytes(), 0, key.length());
    try {
      write(output, keyReader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A flush may emit more than the memory of folds takes, so what waits is watched, too. */
  private void giveUpWaiting(OutputInTask output) {
    try {
      outputs.shuffle(output, this::shuffle);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void shuffle(OutputInTask output, ByteReader key, ByteReader value) throws IOException {
    shuffleValue.set(value.bytes(), value.position(), value.remaining());
    write(output, key);
  }

  private void write(OutputInTask output, ByteReader key) throws IOException {
    int day = Math.toIntExact(output.start().toEpochDay());
    ShuffleKey.set(shuffleKey, buffer, output.table(), day, key);
    try {
      context.write(shuffleKey, shuffleValue);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while emitting to " + output.dataset(), e);
    }
  }
}
