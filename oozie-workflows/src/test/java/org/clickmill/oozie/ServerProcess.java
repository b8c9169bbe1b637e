package org.clickmill.oozie;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.clickmill.formats.failure.ClickmillException;

/**
 * A Java process that serves the tests, with a log of what it says. It is killed when this object
 * is closed; when the tests' own process ends in any other way, its standard input closes, and the
 * process ends by that.
 */
final class ServerProcess implements AutoCloseable {
  private static final long POLL_MILLISECONDS = 100;
  private static final long LONGEST_SECONDS = 180;
  private static final int SHOWN_CHARACTERS = 4_000;

  private final String name;
  private final Process process;
  private final Path log;
  private final Writer commands;
  private final BufferedReader answers;

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Something to wait for. */
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /**
   * Starts a process.
   *
   * @param name of what it is, for messages
   * @param folder to run in; made if missing
   * @param arguments of Java
   */
  static ServerProcess start(String name, Path folder, List<String> arguments) throws IOException {
    Files.createDirectories(folder.resolve("tmp"));
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + folder.resolve("tmp")));
    command.addAll(arguments);
    var log = folder.resolve("process.log");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("HADOOP_"));
    return new ServerProcess(name, builder.start(), log);
  }

  /** Waits until the condition holds, unless the process ends or takes too long. */
  void await(Condition condition) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!condition.holds()) {
      if (process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        throw failure("it ended with exit code " + process.exitValue());
      }
      if (System.nanoTime() > deadline) {
        throw failure("it does not serve after " + LONGEST_SECONDS + " seconds");
      }
    }
  }

  /** Sends a line, and waits for the line that answers it. */
  void command(String line, String expected) throws IOException {
    commands.write(line + "\n");
    commands.flush();
    awaitAnswer(expected);
  }

  /** Waits for a line. */
  void awaitAnswer(String expected) throws IOException {
    var answer = answers.readLine();
    while (answer != null && !answer.equals(expected)) {
      answer = answers.readLine();
    }
    if (answer == null) {
      throw failure("it ended before it said '" + expected + "'");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private ClickmillException failure(String reason) throws IOException {
    var said = Files.readString(log, StandardCharsets.UTF_8).strip();
    return ClickmillException.failed(
        "Cannot run %s: %s; its log is %s%n%s",
        name, reason, log, said.substring(Math.max(0, said.length() - SHOWN_CHARACTERS)));
  }
}
