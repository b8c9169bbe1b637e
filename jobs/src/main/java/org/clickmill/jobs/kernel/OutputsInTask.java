package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.ScanPlan.Part;

/**
 * The output partitions of one analysis, as a map task sees them, by the partitions that feed them.
 */
final class OutputsInTask {
  private final Map<Partition, List<OutputInTask>> byPartition = new HashMap<>();
  private final List<OutputInTask> all = new ArrayList<>();

  /**
   * The output partitions for which partials wait; of daily tables, those of the day that is being
   * read.
   */
  private final List<OutputInTask> open = new ArrayList<>();

  private final ArrayDeque<WaitingPartials> free = new ArrayDeque<>();

  /**
   * An output partition. If no other task reads anything of what feeds it, its partials are merged
   * here.
   */
  static final class OutputInTask {
    private final int table;
    private final OutputPartition output;
    private final Set<Partition> toBeRead;
    private boolean meetsHere;
    private WaitingPartials waiting;

    /** Rows of the partition at hand that are emitted or finished since the last flush. */
    private long events;

    private OutputInTask(
        int table, OutputPartition output, Set<Partition> toBeRead, boolean meetsHere) {
      this.table = table;
      this.output = output;
      this.toBeRead = toBeRead;
      this.meetsHere = meetsHere;
    }

    /** The table's place in {@link ScanPlan#tables()}. */
    int table() {
      return table;
    }

    String dataset() {
      return output.table().dataset();
    }

    LocalDate start() {
      return output.start();
    }

    void count(long more) {
      events += more;
    }

    /** The rows counted since this was asked last. */
    long takeCount() {
      long counted = events;
      events = 0;
      return counted;
    }
  }

  /**
   * @param firstTable place of the part's first table among all tables of the plan
   * @param whole the partitions that no other task reads anything of
   */
  OutputsInTask(ScanPlan plan, Part part, int firstTable, Set<Partition> whole) {
    var tables = List.copyOf(part.outputTables());
    for (var output : part.outputs()) {
      var toBeRead = new HashSet<>(output.reads());
      toBeRead.removeIf(plan::isEmpty);
      int table = firstTable + tables.indexOf(output.table().dataset());
      var here = new OutputInTask(table, output, toBeRead, whole.containsAll(toBeRead));
      all.add(here);
      toBeRead.forEach(
          partition -> byPartition.computeIfAbsent(partition, any -> new ArrayList<>()).add(here));
    }
  }

  /** The output partitions that a partition feeds. */
  List<OutputInTask> of(Partition partition) {
    return byPartition.getOrDefault(partition, List.of());
  }

  /**
   * Where the partials of an output partition wait to be merged in this task, or null: they are
   * shuffled.
   */
  WaitingPartials waiting(OutputInTask output) {
    if (output.meetsHere && output.waiting == null) {
      output.waiting = free.isEmpty() ? new WaitingPartials() : free.pop();
      open.add(output);
    }
    return output.waiting;
  }

  /** Merges the output partitions that have all their partials once a partition has been read. */
  void end(Partition partition, OutputMerge merge) throws IOException {
    for (var output : of(partition)) {
      output.toBeRead.remove(partition);
      if (output.toBeRead.isEmpty()) {
        merge(output, merge);
      }
    }
  }

  /** Merges what still waits at the end: for partitions of which every batch was skipped. */
  void endAll(OutputMerge merge) throws IOException {
    for (var output : all) {
      merge(output, merge);
    }
  }

  private void merge(OutputInTask output, OutputMerge merge) throws IOException {
    if (output.waiting != null) {
      merge.begin(output.table, output.start());
      output.waiting.mergeInto(merge::merge);
      merge.end();
      release(output);
    }
  }

  long memoryBytes() {
    long sum = 0;
    for (var output : open) {
      sum += output.waiting.memoryBytes();
    }
    return sum;
  }

  /** Takes a partial that is to be shuffled after all. */
  interface Shuffle {
    void accept(OutputInTask output, ByteReader key, ByteReader value) throws IOException;
  }

  /** Gives up merging here what waits, since it takes too much memory. */
  void shuffle(Shuffle shuffle) throws IOException {
    for (var output : List.copyOf(open)) {
      shuffle(output, shuffle);
    }
  }

  /** Gives up merging one output partition here, when what waits takes too much memory. */
  void shuffle(OutputInTask output, Shuffle shuffle) throws IOException {
    output.meetsHere = false;
    output.waiting.drainTo((key, value) -> shuffle.accept(output, key, value));
    release(output);
  }

  private void release(OutputInTask output) {
    free.push(output.waiting);
    output.waiting = null;
    open.remove(output);
  }
}
