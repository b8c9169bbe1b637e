package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs commands of Clickmill, each in a process of its own. */
final class ClickmillRuns {
  private static final int SHOWN_CHARACTERS = 4_000;

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
   * Runs a command as {@code hadoop jar} does.
   *
   * @return how long it took, in seconds
   * @throws BigDayException if it fails
   */
  double onCluster(HadoopCluster cluster, String heap, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(cluster.software().java(cluster.classPath(), heap));
    command.add("org.apache.hadoop.util.RunJar");
    command.add(jar.toString());
    command.addAll(arguments);
    return run(command, arguments);
  }

  /** Runs a command with the embedded Hadoop, as the launcher does. */
  double embedded(List<String> arguments) throws IOException, InterruptedException {
    var classPath = jar + ":" + libraries + "/*";
    var command = new ArrayList<>(Software.built(home).java(classPath, "4g"));
    command.add("org.clickmill.drivers.cli.Main");
    command.addAll(arguments);
    return run(command, arguments);
  }

  private double run(List<String> command, List<String> arguments)
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
    int exitCode;
    try {
      exitCode = process.waitFor();
    } finally {
      process.destroy();
    }
    if (exitCode != 0) {
      var text = Files.readString(log, StandardCharsets.UTF_8).strip();
      throw new BigDayException(
          "clickmill %s failed with exit code %d; all of it is in %s:%n%s",
          String.join(" ", arguments),
          exitCode,
          log,
          text.substring(Math.max(0, text.length() - SHOWN_CHARACTERS)));
    }
    Runtime.getRuntime().removeShutdownHook(hook);
    return (System.nanoTime() - begin) / 1e9;
  }
}
