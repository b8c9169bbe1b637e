package org.clickmill.drivers.observe;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The file that holds what all commands have said last. It is replaced by a rename, so that nobody
 * reads half of it. A lock file beside it keeps two commands from replacing what the other has just
 * written.
 */
final class MetricsFile {
  private static final Map<String, Metric> NAMES =
      Arrays.stream(Metric.values())
          .collect(Collectors.toMap(Metric::metricName, Function.identity()));

  private static final String BEGINNING = "# HELP clickmill_";

  private final Path file;

  MetricsFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * Puts new values into the file. A metric without any keeps those it has, and a metric of runs
   * those of other commands.
   *
   * @param command whose run the values are of
   * @throws IOException if the file cannot be written, or is not one of metrics
   */
  void update(String command, Samples samples) throws IOException {
    var folder = file.getParent();
    if (!Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    var lock = folder.resolve("." + file.getFileName() + ".lock");
    try (var channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Until the channel is closed.
      channel.lock();
      var unfinished = folder.resolve("." + file.getFileName() + ".new");
      Files.writeString(unfinished, merged(read(), command, samples).text());
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private List<String> read() throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    if (!lines.isEmpty() && !lines.get(0).startsWith(BEGINNING)) {
      throw new IOException("it holds something else than the metrics of Clickmill");
    }
    return lines;
  }

  private static Samples merged(List<String> old, String command, Samples samples) {
    var all = new Samples();
    var own = Samples.label("command", command);
    for (var line : old) {
      var metric = NAMES.get(line.split("[{ ]", 2)[0]);
      // One that this version does not know any more goes.
      if (metric != null && isKept(metric, line, own, samples)) {
        all.addLine(metric, line);
      }
    }
    for (var metric : Metric.values()) {
      samples.lines(metric).forEach(line -> all.addLine(metric, line));
    }
    return all;
  }

  private static boolean isKept(Metric metric, String line, String own, Samples samples) {
    return !samples.has(metric) || metric.scope() == Metric.Scope.RUN && !line.contains(own);
  }
}
