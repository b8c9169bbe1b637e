package org.clickmill.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;

/**
 * The process that DuckDB is measured in: runs the statements of files, one after another, and
 * prints a line for each file with the seconds that it took and the processor time, separated by
 * tabs.
 */
final class DuckDbProcess {
  private static final double NANOSECONDS = 1e9;

  private DuckDbProcess() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      for (var file : arguments) {
        long wall = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        for (var sql : Files.readString(Path.of(file)).split(";", -1)) {
          if (!sql.isBlank()) {
            statement.execute(sql);
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
