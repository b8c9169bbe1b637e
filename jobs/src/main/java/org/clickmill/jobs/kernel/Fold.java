package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;

/**
 * The map side of an analysis: folds batches into partial aggregates and emits these. A fold is
 * used by one thread and sees the batches of a split in the order of the files.
 */
public interface Fold {
  /** The columns of the input that {@link #fold} reads. */
  List<String> columns();

  /** The event types that change a partial; empty means all. Others need not be handed in. */
  Set<String> eventTypes();

  /**
   * Adds a batch to the partials, or emits what it makes of it at once ({@link
   * FoldContext#emitter()}), and returns how many of its rows were folded, not skipped.
   */
  long fold(ColumnBatch batch) throws IOException;

  /** An estimate of the bytes that the partials take. */
  long memoryBytes();

  /**
   * Emits everything folded since the last flush, all of it of one partition of the input, and
   * forgets it. On every output partition that the partition feeds, the events counts of what is
   * emitted and finished add up to the rows folded.
   */
  void flush(Emitter emitter) throws IOException;

  /**
   * Emits what takes memory, in the middle of a partition. The counts add up as after a flush.
   *
   * @return whether something is kept, so that a flush is to follow even if no batch does
   */
  default boolean spill(Emitter emitter) throws IOException {
    flush(emitter);
    return false;
  }
}
