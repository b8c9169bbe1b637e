package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs commands of Clickmill, each in a process of its own. */
final class ClickmillRuns {
  private static final int SHOWN_CHARACTERS = 4_000;
  private static final long DAY_MINUTES = 24 * 60;

  /** How a line of Hadoop's logging begins, and one of a stack trace. */
  private static final Pattern LOGGED =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d |\\s+at |Caused by: |\\s+\\.\\.\\. \\d+ more");

  private final Path home;
  private final Path libraries;
  private final Path jar;
  private final Path folder;
  private int number;

  /**
   * @param home the repository's root folder
   * @param folder for what the commands print, and a copy of the job jar, which may be built anew
   *     meanwhile
   */
  ClickmillRuns(Path home, Path folder) throws IOException {
    this.home = home;
    var target = home.resolve("drivers/target");
    libraries = target.resolve("hadoop");
    jar = Files.copy(target.resolve("clickmill.jar"), folder.resolve("clickmill.jar"));
    this.folder = folder;
  }

  /**
   * A command that has ended.
   *
   * @param lastLine of what it printed, logging aside
   * @param log all that it printed
   */
  record Ended(int exitCode, double seconds, String lastLine, Path log) {}

  /**
   * Runs a command as {@code hadoop jar} does.
   *
   * @return how long it took, in seconds
   * @throws BigDayException if it fails
   */
  double onCluster(HadoopCluster cluster, String heap, List<String> arguments)
      throws IOException, InterruptedException {
    return succeed(tryOnCluster(cluster, heap, arguments, DAY_MINUTES), arguments);
  }

  /**
   * The same for a command that may fail.
   *
   * @param mostMinutes after which it is killed
   * @throws BigDayException if it does not end in time
   */
  Ended tryOnCluster(HadoopCluster cluster, String heap, List<String> arguments, long mostMinutes)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(cluster.software().java(cluster.classPath(), heap));
    command.add("org.apache.hadoop.util.RunJar");
    command.add(jar.toString());
    command.addAll(arguments);
    return run(command, arguments, mostMinutes);
  }

  /** Runs a command with the embedded Hadoop, as the launcher does. */
  double embedded(List<String> arguments) throws IOException, InterruptedException {
    var classPath = jar + ":" + libraries + "/*";
    var command = new ArrayList<>(Software.built(home).java(classPath, "4g"));
    command.add("org.clickmill.drivers.cli.Main");
    command.addAll(arguments);
    return succeed(run(command, arguments, DAY_MINUTES), arguments);
  }

  private Ended run(List<String> command, List<String> arguments, long mostMinutes)
      throws IOException, InterruptedException {
    number++;
    var log =
        folder.resolve(String.format(Locale.ROOT, "clickmill-%d-%s.log", number, arguments.get(0)));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("CLICKMILL_"));
    environment.put("HADOOP_CLIENT_SKIP_UNJAR", "true");
    long begin = System.nanoTime();
    var process = builder.start();
    var hook = new Thread(process::destroyForcibly, "end-command");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      if (!process.waitFor(mostMinutes, TimeUnit.MINUTES)) {
        throw new BigDayException(
            "clickmill %s has not ended for %d minutes; see %s",
            arguments.get(0), mostMinutes, log);
      }
    } finally {
      process.destroyForcibly();
    }
    Runtime.getRuntime().removeShutdownHook(hook);
    return new Ended(process.exitValue(), (System.nanoTime() - begin) / 1e9, lastLine(log), log);
  }

  private static String lastLine(Path log) throws IOException {
    var last = "";
    for (var line : Files.readString(log, StandardCharsets.UTF_8).lines().toList()) {
      if (!line.isBlank() && !LOGGED.matcher(line).lookingAt()) {
        last = line.strip();
      }
    }
    return last;
  }

  private static double succeed(Ended ended, List<String> arguments) throws IOException {
    if (ended.exitCode() != 0) {
      var text = Files.readString(ended.log(), StandardCharsets.UTF_8).strip();
      throw new BigDayException(
          "clickmill %s failed with exit code %d; all of it is in %s:%n%s",
          String.join(" ", arguments),
          ended.exitCode(),
          ended.log(),
          text.substring(Math.max(0, text.length() - SHOWN_CHARACTERS)));
    }
    return ended.seconds();
  }
}
