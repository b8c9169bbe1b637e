package org.clickmill.benchmarks.kernels;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.clickmill.jobs.kernel.GroupedHashSet;
import org.clickmill.jobs.kernel.RowGroups;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds a row of what is done with the rows of a batch by their groups. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DayFile.EVENTS)
public class GroupKernel {
  /** How many groups, as of brands and of visitors. */
  @Param({"300", "30000"})
  public int groups;

  private final RowGroups sorted = new RowGroups();
  private final GroupedHashSet hashes = new GroupedHashSet();
  private final int[] group = new int[DayFile.EVENTS];
  private final long[] hash = new long[DayFile.EVENTS];

  @Setup(Level.Trial)
  public void fill() {
    var random = new SplittableRandom(1);
    for (int row = 0; row < group.length; row++) {
      group[row] = random.nextInt(groups);
      // About half of the hashes come again in their group.
      hash[row] = random.nextInt(group.length) * 0x9E37_79B9_7F4A_7C15L;
    }
  }

  /** Rows of a batch brought together by group. */
  @Benchmark
  public int sort() {
    System.arraycopy(group, 0, sorted.groups(group.length), 0, group.length);
    sorted.sort(group.length, groups);
    return sorted.rows()[sorted.start(groups / 2)];
  }

  /** Distinct hashes counted for each group. */
  @Benchmark
  public int distinct() {
    hashes.clear();
    for (int row = 0; row < group.length; row++) {
      hashes.add(group[row], hash[row], ~hash[row]);
    }
    return hashes.size();
  }
}
