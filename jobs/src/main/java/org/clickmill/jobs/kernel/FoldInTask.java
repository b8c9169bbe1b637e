package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.jobs.kernel.Targets.Target;

/** One analysis' fold in a map task: which tables it feeds on which days, and what it counted. */
final class FoldInTask implements Emitter {
  private final TaskInputOutputContext<?, ?, BytesWritable, BytesWritable> context;
  private final String analysis;
  private final Fold fold;
  private final Map<String, Output> outputs = new LinkedHashMap<>();
  private final BytesWritable shuffleKey = new BytesWritable();
  private final BytesWritable shuffleValue = new BytesWritable();
  private final ByteWriter buffer = new ByteWriter();

  private LocalDate day;
  private long foldedSinceFlush;
  private long folded;
  private long passedOver;
  private long written;

  /** A table that the fold emits to. */
  private static final class Output {
    private final int index;
    private final Target target;
    private long eventsSinceFlush;

    private Output(int index, Target target) {
      this.index = index;
      this.target = target;
    }
  }

  FoldInTask(
      TaskInputOutputContext<?, ?, BytesWritable, BytesWritable> context,
      List<Target> targets,
      List<Integer> indexes) {
    this.context = context;
    for (int index : indexes) {
      var target = targets.get(index);
      outputs.put(target.table().dataset(), new Output(index, target));
    }
    var instance = targets.get(indexes.get(0)).analysis();
    analysis = instance.name();
    fold = instance.fold(outputs.keySet(), context.getConfiguration());
  }

  void fold(ColumnBatch batch) {
    day = batch.partition().day();
    if (outputs.values().stream().noneMatch(output -> output.target.wants(day))) {
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

  void flush() {
    if (foldedSinceFlush == 0) {
      return;
    }
    fold.flush(this);
    for (var output : outputs.values()) {
      if (output.target.wants(day) && output.eventsSinceFlush != foldedSinceFlush) {
        throw new IllegalStateException(
            "%s folded %d rows of %s but emitted %d to %s"
                .formatted(
                    analysis,
                    foldedSinceFlush,
                    day,
                    output.eventsSinceFlush,
                    output.target.table().dataset()));
      }
      output.eventsSinceFlush = 0;
    }
    foldedSinceFlush = 0;
  }

  void count() {
    context.getCounter(FoldCounter.GROUP, analysis + ".folded").increment(folded);
    context.getCounter(FoldCounter.GROUP, analysis + ".passed_over").increment(passedOver);
    context.getCounter(FoldCounter.PARTIAL_EVENTS_WRITTEN).increment(written);
  }

  @Override
  public boolean wants(String table) {
    var output = outputs.get(table);
    return output != null && output.target.wants(day);
  }

  @Override
  public void emit(String table, ByteWriter key, ByteWriter partial, long events) {
    if (!wants(table)) {
      return;
    }
    var output = outputs.get(table);
    output.eventsSinceFlush += events;
    written += events;
    var start = output.target.table().grain().start(day);
    ShuffleKey.set(shuffleKey, buffer, output.index, Math.toIntExact(start.toEpochDay()), key);
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
}
