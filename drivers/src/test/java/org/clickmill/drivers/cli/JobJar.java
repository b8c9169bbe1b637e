package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The job jar that the build has made, run in processes of its own, which end with this object at
 * the latest.
 */
final class JobJar implements AutoCloseable {
  static final Path TARGET = Path.of("target").toAbsolutePath();
  static final Path JAR = TARGET.resolve("clickmill.jar");

  private static final long LONGEST_SECONDS = Long.getLong("clickmill.test.longest-seconds", 600);

  private final Path folder;
  private final List<String> javaOptions;
  private final List<Running> processes = new ArrayList<>();

  /**
   * @param folder for what the processes print, and their temporary files
   */
  JobJar(Path folder) throws IOException {
    this(folder, List.of());
  }

  /**
   * @param javaOptions more options for the Java of the processes
   */
  JobJar(Path folder, List<String> javaOptions) throws IOException {
    this.folder = folder;
    this.javaOptions = javaOptions;
    Files.createDirectories(folder.resolve("tmp"));
    assertThat(JAR).as("the job jar, which the phase 'package' makes").exists();
  }

  /** Starts a command as the launcher does where there is no cluster. */
  Running embedded(String... arguments) throws IOException {
    return embeddedMain("org.clickmill.drivers.cli.Main", arguments);
  }

  /** Starts another main class where there is no cluster. */
  Running embeddedMain(String mainClass, String... arguments) throws IOException {
    return start(
        JAR + File.pathSeparator + TARGET.resolve("hadoop") + "/*", List.of(mainClass), arguments);
  }

  /** Starts a command as {@code hadoop jar} does. */
  Running hadoopJar(String classPath, String... arguments) throws IOException {
    return start(classPath, List.of("org.apache.hadoop.util.RunJar", JAR.toString()), arguments);
  }

  private Running start(String classPath, List<String> main, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + folder.resolve("tmp"),
            "-Dlog4j.configuration=file:"
                + Path.of("src/main/embedded/log4j.properties").toAbsolutePath(),
            "-cp",
            classPath));
    // Behind "java" and its own options: the last one of a kind counts.
    command.addAll(command.indexOf("-cp"), javaOptions);
    command.addAll(main);
    command.addAll(List.of(arguments));
    var out = folder.resolve("out-" + processes.size());
    var err = folder.resolve("err-" + processes.size());
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CLICKMILL_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    var running = new Running(builder.start(), out, err);
    processes.add(running);
    return running;
  }

  /** Kills every process that has not ended, and waits until it has. */
  @Override
  public void close() {
    processes.forEach(Running::kill);
  }

  /** A process that may still run. */
  record Running(Process process, Path out, Path err) {
    /** Waits for the process to end by itself. */
    CommandRun finish() throws IOException, InterruptedException {
      boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        kill();
      }
      assertThat(ended).as("ended by itself: %s", text(err)).isTrue();
      return new CommandRun(process.exitValue(), text(out), text(err));
    }

    /** Waits for the process to end well. */
    CommandRun succeed() throws IOException, InterruptedException {
      var run = finish();
      assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
      return run;
    }

    /** As {@code kill -9}. */
    void kill() {
      process.destroyForcibly();
      process.onExit().join();
    }

    private static String text(Path file) throws IOException {
      return Files.readString(file, StandardCharsets.UTF_8);
    }
  }
}
