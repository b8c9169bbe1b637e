package org.clickmill.jobs.kernel;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;

/** The settings of all fold and merge jobs. */
public final class KernelSettings {
  public static final ConfigKey<Integer> REDUCERS =
      ConfigKey.ofInt(
          "clickmill.reducers",
          0,
          0,
          100_000,
          "Number of reduce tasks of a job; 0 chooses by the bytes to read and the slots there are.");

  public static final ConfigKey<Integer> FOLD_MEMORY_MB =
      ConfigKey.ofInt(
          "clickmill.fold.memory-mb",
          256,
          1,
          1_000_000,
          "Memory that the partial aggregates of a map task may take before they are emitted;"
              + " commands choose it by the heap of a task.");

  public static final ConfigKey<Integer> REDUCER_INPUT_MB =
      ConfigKey.ofInt(
          "clickmill.reducer.input-mb",
          1024,
          1,
          1_000_000,
          "Bytes of a job's input that one reduce task is planned for, where clickmill.reducers is 0.");

  private KernelSettings() {}

  /** What {@link #FOLD_MEMORY_MB} says, in bytes. */
  public static long foldMemoryBytes(Configuration configuration) {
    return FOLD_MEMORY_MB.get(configuration) * (1L << 20);
  }

  public static List<ConfigKey<?>> all() {
    return List.of(REDUCERS, FOLD_MEMORY_MB, REDUCER_INPUT_MB);
  }
}
