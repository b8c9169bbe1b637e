package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The process of a container that runs now.
 *
 * @param application its id, as in {@code application_1700000000000_0001}
 * @param attempt the id of the task attempt, or null for an ApplicationMaster
 */
record TaskProcess(long pid, String application, String attempt) {
  private static final Path PROC = Path.of("/proc");
  private static final Pattern APPLICATION = Pattern.compile("application_\\d+_\\d+");
  private static final Pattern ATTEMPT = Pattern.compile("attempt_\\d+_\\d+_[mr]_\\d+_\\d+");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /**
   * The containers of a cluster on this machine.
   *
   * @param folder of the cluster, which the command lines of its containers name
   */
  static List<TaskProcess> running(Path folder) throws IOException {
    var found = new ArrayList<TaskProcess>();
    try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var process : processes) {
        long pid = Long.parseLong(process.getFileName().toString());
        of(pid, read(process.resolve("cmdline")), folder).ifPresent(found::add);
      }
    }
    return found;
  }

  /**
   * Recognizes the Java of a container, and no shell that has started it.
   *
   * @param commandLine with a zero behind each argument
   */
  static Optional<TaskProcess> of(long pid, String commandLine, Path folder) {
    boolean isTask = commandLine.contains("\0org.apache.hadoop.mapred.YarnChild\0");
    boolean isMaster = commandLine.contains("\0org.apache.hadoop.mapreduce.v2.app.MRAppMaster");
    var application = APPLICATION.matcher(commandLine);
    if (!(isTask || isMaster) || !commandLine.contains(folder + "/") || !application.find()) {
      return Optional.empty();
    }
    var attempt = ATTEMPT.matcher(commandLine);
    return Optional.of(
        new TaskProcess(
            pid, application.group(), isTask && attempt.find() ? attempt.group() : null));
  }

  boolean isMaster() {
    return attempt == null;
  }

  /** How many files, sockets and the like it has open; 0 once it has ended. */
  int descriptors() {
    try (var open = Files.list(PROC.resolve(pid + "/fd"))) {
      return (int) open.count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** The most memory that it had so far; 0 once it has ended. */
  long peakMegabytes() {
    var matcher = PEAK.matcher(read(PROC.resolve(pid + "/status")));
    return matcher.find() ? Long.parseLong(matcher.group(1)) / 1024 : 0;
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // It has ended.
    }
  }
}
