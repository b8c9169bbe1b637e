package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, which ends with this process at the latest, however that ends.
 */
final class ServerProcess implements AutoCloseable {
  /** Ends what it has started when standard input is closed, as it is when this process is gone. */
  private static final String WATCH =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      server=$!
      (read -r _ <&3; kill $server) 2>/dev/null &
      wait $server
      """;

  /**
   * Servers before Hadoop 3.5 make classes by reflection, which Java 17 leaves to those who may.
   */
  private static final String OPEN = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  private static final long PATIENCE_SECONDS = 20;

  private final String name;
  private final Process process;
  private final Path log;

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a server.
   *
   * @param mainClass of Hadoop
   * @param log where its output goes
   */
  static ServerProcess start(
      Software software, String mainClass, String classPath, List<String> arguments, Path log)
      throws IOException {
    var command = new ArrayList<>(List.of("bash", "-c", WATCH, "bash"));
    command.addAll(software.java(classPath, "512m"));
    command.add(OPEN);
    command.add(mainClass);
    command.addAll(arguments);
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .directory(log.getParent().toFile())
            .start();
    var name = mainClass.substring(mainClass.lastIndexOf('.') + 1);
    return new ServerProcess(name, process, log);
  }

  /** Fails if the server has ended. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new BigDayException("Cannot go on: the %s has ended; see %s", name, log);
    }
  }

  /** Asks the server to end, without waiting for it. */
  void end() {
    process.descendants().toList().forEach(ProcessHandle::destroy);
  }

  /** Asks the server to end, waits, and kills it if it does not. */
  @Override
  public void close() {
    end();
    boolean isInterrupted = Thread.interrupted();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      isInterrupted = true;
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
