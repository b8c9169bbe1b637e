package org.clickmill.benchmarks.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A job that has ended, and what its tasks took.
 *
 * @param started when it was submitted, in milliseconds since the epoch
 * @param seconds from its submission to its end
 * @param masters how many ApplicationMasters it has had
 */
record JobFigures(
    String name,
    boolean succeeded,
    long started,
    double seconds,
    int masters,
    List<TaskAttempt> attempts) {
  static final List<String> HEADINGS =
      List.of(
          "job",
          "s",
          "maps",
          "median s",
          "slowest s",
          "reduces",
          "median s",
          "slowest s",
          "heap after GC, MB",
          "full GCs",
          "resident MB",
          "open files",
          "failed",
          "killed",
          "masters");

  JobFigures {
    attempts = List.copyOf(attempts);
  }

  /** Whether a task ran out of memory, of its heap or of its container. */
  boolean ranOutOfMemory() {
    return failures().stream()
        .anyMatch(
            failure ->
                failure.contains("OutOfMemoryError")
                    || failure.contains("beyond the 'PHYSICAL' memory limit")
                    || failure.contains("running beyond physical memory limits"));
  }

  /** Why attempts failed. */
  List<String> failures() {
    return attempts.stream().map(TaskAttempt::failure).filter(Objects::nonNull).toList();
  }

  /** The figures as they stand in a table, beneath the {@link #HEADINGS}. */
  List<String> row() {
    return List.of(
        name,
        text(seconds),
        Integer.toString(seconds(true).length),
        text(median(true)),
        text(slowest(true)),
        Integer.toString(seconds(false).length),
        text(median(false)),
        text(slowest(false)),
        text(attempts.stream().mapToLong(task -> task.gc().megabytesAfter()).max().orElse(0)),
        text(attempts.stream().mapToLong(task -> task.gc().fullCollections()).sum()),
        text(attempts.stream().mapToLong(task -> task.sample().megabytes()).max().orElse(0)),
        text(attempts.stream().mapToLong(task -> task.sample().descriptors()).max().orElse(0)),
        Integer.toString(failures().size()),
        text(attempts.stream().filter(task -> !task.succeeded() && task.failure() == null).count()),
        Integer.toString(masters));
  }

  /** What the tasks took whose output counts, in order. */
  private double[] seconds(boolean isMap) {
    return attempts.stream()
        .filter(attempt -> attempt.succeeded() && attempt.isMap() == isMap)
        .mapToDouble(TaskAttempt::seconds)
        .sorted()
        .toArray();
  }

  private double median(boolean isMap) {
    var seconds = seconds(isMap);
    return seconds.length == 0 ? 0 : seconds[seconds.length / 2];
  }

  private double slowest(boolean isMap) {
    var seconds = seconds(isMap);
    return seconds.length == 0 ? 0 : seconds[seconds.length - 1];
  }

  private static String text(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }

  private static String text(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
