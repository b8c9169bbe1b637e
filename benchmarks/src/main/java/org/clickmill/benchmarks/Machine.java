package org.clickmill.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a benchmark ran.
 *
 * @param loadBefore processes that were running or waiting when it began, the mean of a minute; one
 *     that is not near zero makes the times worth little
 */
record Machine(
    String processor,
    int cores,
    double memoryGibibytes,
    String system,
    String java,
    double loadBefore) {

  static Machine here() throws IOException {
    var bean = ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        value("/proc/cpuinfo", "model name", bean.getArch()),
        Runtime.getRuntime().availableProcessors(),
        kibibytes(value("/proc/meminfo", "MemTotal", "0")) / (1024.0 * 1024.0),
        bean.getName() + " " + bean.getVersion(),
        Runtime.version().toString(),
        bean.getSystemLoadAverage());
  }

  /** Half of the memory, as Java's -Xmx takes it. */
  String halfOfMemory() {
    return Math.max(1, Math.round(memoryGibibytes / 2)) + "g";
  }

  private static double kibibytes(String text) {
    return Double.parseDouble(text.replace("kB", "").strip());
  }

  private static String value(String file, String name, String otherwise) throws IOException {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    }
  }
}
