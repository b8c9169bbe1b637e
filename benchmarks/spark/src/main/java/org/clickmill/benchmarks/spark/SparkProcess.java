package org.clickmill.benchmarks.spark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Runs the statements of files, one after another, in a session with the settings of another, and
 * prints a line for each file with the seconds that it took and the processor time, separated by
 * tabs.
 */
final class SparkProcess {
  private static final double NANOSECONDS = 1e9;

  private SparkProcess() {}

  /**
   * Runs scripts.
   *
   * @param arguments a file of properties, and files of statements, each ended by a semicolon
   */
  public static void main(String[] arguments) throws IOException {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    try (var session = SparkSettings.session(Path.of(arguments[0]))) {
      for (var file : List.of(arguments).subList(1, arguments.length)) {
        long wall = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        for (var statement : Files.readString(Path.of(file)).split(";", -1)) {
          if (!statement.isBlank()) {
            session.sql(statement.strip());
          }
        }
        System.out.println(
            String.format(
                Locale.ROOT,
                "%s\t%.6f\t%.6f",
                file,
                (System.nanoTime() - wall) / NANOSECONDS,
                (system.getProcessCpuTime() - cpu) / NANOSECONDS));
      }
    }
  }
}
