package org.clickmill.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs a process and measures it by Linux's /proc: one at a time, since the processor time is what
 * this process's ended children, and theirs, have used in all.
 */
final class MeasuredProcess {
  /** Linux tells processor time in hundredths of a second, whatever the kernel's own tick is. */
  private static final double TICKS_A_SECOND = 100;

  /** Places of the children's user and system time after the command's name in the stat file. */
  private static final int CHILDREN_USER = 13;

  private static final int CHILDREN_SYSTEM = 14;

  private static final long POLL_MILLISECONDS = 5;

  /**
   * Finding a process's children takes reading all of /proc: it is done once in this number of
   * polls.
   */
  private static final int POLLS_A_SAMPLE = 20;

  private static final int SHOWN_CHARACTERS = 4_000;
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private MeasuredProcess() {}

  /** Whether this machine tells what is to be measured. */
  static boolean isSupported() {
    return Files.isReadable(Path.of("/proc/self/stat"));
  }

  /** The Java that runs this process. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * Runs a command to its end.
   *
   * @param log where its output goes
   * @throws BenchmarkException if it cannot be run, or does not exit with 0
   */
  static Measurement run(List<String> command, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    double before = childrenSeconds();
    long begin = System.nanoTime();
    var process = start(builder);
    long peak = 0;
    int polls = 0;
    try {
      do {
        peak = Math.max(peak, kibibytes(process.pid(), PEAK));
        if (++polls % POLLS_A_SAMPLE == 0) {
          peak = Math.max(peak, withChildren(process));
        }
      } while (!process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS));
    } finally {
      process.destroy();
    }
    double wall = (System.nanoTime() - begin) / 1e9;
    if (process.exitValue() != 0) {
      throw new BenchmarkException(
          "Failed with exit code %d: %s%n%s",
          process.exitValue(), String.join(" ", command), end(log));
    }
    return new Measurement(wall, childrenSeconds() - before, peak / 1024.0);
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new BenchmarkException("Cannot run %s: %s", builder.command().get(0), e.getMessage());
    }
  }

  private static double childrenSeconds() throws IOException {
    var stat = Files.readString(Path.of("/proc/self/stat"));
    // The command's name, in parentheses, may hold spaces.
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]))
        / TICKS_A_SECOND;
  }

  /** What a process and all that it has started hold now. */
  private static long withChildren(Process process) {
    return kibibytes(process.pid(), RESIDENT)
        + process.descendants().mapToLong(child -> kibibytes(child.pid(), RESIDENT)).sum();
  }

  /** A figure of a process's memory; 0 once it has ended. */
  private static long kibibytes(long pid, Pattern figure) {
    try {
      var matcher = figure.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    } catch (IOException | UncheckedIOException e) {
      return 0; // It has ended.
    }
  }

  private static String end(Path log) throws IOException {
    var text = Files.readString(log, StandardCharsets.UTF_8).strip();
    return text.substring(Math.max(0, text.length() - SHOWN_CHARACTERS));
  }
}
