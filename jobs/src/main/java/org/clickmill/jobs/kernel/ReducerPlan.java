package org.clickmill.jobs.kernel;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.Table.Spread;

/**
 * How many reduce tasks a job has, and over how many of them each partition of a table goes.
 *
 * @param reducers of the job
 * @param spread by table, over how many reducers its partitions go
 */
record ReducerPlan(int reducers, List<Integer> spread) {
  ReducerPlan {
    spread = List.copyOf(spread);
  }

  /**
   * What a table gives the reducers to do.
   *
   * @param spread how its partitions may be spread
   * @param outputBytes the bytes that each of its output partitions reads
   */
  record Load(Spread spread, List<Long> outputBytes) {
    Load {
      outputBytes = List.copyOf(outputBytes);
    }

    /** The number of reducers that the largest partition needs. */
    private int share(long bytesPerReducer) {
      long most = outputBytes.stream().mapToLong(Long::longValue).max().orElse(0);
      return Reducers.byBytes(most, bytesPerReducer);
    }

    /** The number of reducers that have something to do if there are enough. */
    private long useful(long bytesPerReducer) {
      return switch (spread) {
        case ONE_REDUCER -> outputBytes.size();
        case BY_BYTES, BY_FIRST_PART ->
            outputBytes.stream().mapToLong(bytes -> Reducers.byBytes(bytes, bytesPerReducer)).sum();
        case ALL_REDUCERS, BY_KEY, BY_HASH -> Integer.MAX_VALUE;
      };
    }
  }

  /**
   * Plans by what each partition reads, whatever the number of tables that are made of the same.
   *
   * @param bytes what the job reads, each partition once
   */
  static ReducerPlan of(Configuration configuration, long bytes, List<Load> loads) {
    long perReducer = KernelSettings.REDUCER_INPUT_MB.get(configuration) * (1L << 20);
    long useful = loads.stream().mapToLong(load -> load.useful(perReducer)).sum();
    int most = (int) Math.min(Integer.MAX_VALUE, useful);
    int reducers = Reducers.number(configuration, Reducers.byBytes(bytes, perReducer), most);
    var spread =
        loads.stream()
            .map(
                load ->
                    switch (load.spread()) {
                      case ONE_REDUCER -> 1;
                      case BY_BYTES, BY_FIRST_PART -> Math.min(reducers, load.share(perReducer));
                      case ALL_REDUCERS, BY_KEY, BY_HASH -> reducers;
                    })
            .toList();
    return new ReducerPlan(reducers, spread);
  }
}
