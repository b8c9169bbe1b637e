package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
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
      id_file=$1
      shift
      "$@" </dev/null 3<&- &
      server=$!
      echo $server >"$id_file"
      (read -r _ <&3; kill $server) 2>/dev/null &
      wait $server
      """;

  /**
   * Servers before Hadoop 3.5 make classes by reflection, which Java 17 leaves to those who may.
   */
  private static final String OPEN = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  private static final long PATIENCE_SECONDS = 20;

  private static final String HEAP = "512m";

  private final String name;
  private final Process process;
  private final Path log;
  private final Path idFile;

  private ServerProcess(String name, Process process, Path log, Path idFile) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.idFile = idFile;
  }

  /**
   * Starts a server.
   *
   * @param mainClass of Hadoop
   * @param log where its output goes, behind what is there; a file beside it has its process id
   */
  static ServerProcess start(
      Software software, String mainClass, String classPath, List<String> arguments, Path log)
      throws IOException {
    return start(software, HEAP, mainClass, classPath, arguments, log);
  }

  /** The same for a server with a heap of its own. */
  static ServerProcess start(
      Software software,
      String heap,
      String mainClass,
      String classPath,
      List<String> arguments,
      Path log)
      throws IOException {
    var idFile =
        log.resolveSibling(log.getFileName().toString().replaceFirst("\\.log$", "") + ".pid");
    Files.deleteIfExists(idFile);
    var command = new ArrayList<>(List.of("bash", "-c", WATCH, "bash", idFile.toString()));
    command.addAll(software.java(classPath, heap));
    command.add(OPEN);
    command.add(mainClass);
    command.addAll(arguments);
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .directory(log.getParent().toFile())
            .start();
    var name = mainClass.substring(mainClass.lastIndexOf('.') + 1);
    return new ServerProcess(name, process, log, idFile);
  }

  /** Fails if the server has ended. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new BigDayException("Cannot go on: the %s has ended; see %s", name, log);
    }
  }

  /** Kills the server, which gets no chance to tidy up, and waits until it is gone. */
  void kill() throws IOException, InterruptedException {
    long id = Long.parseLong(Files.readString(idFile).strip());
    // First who would end it with this process: another process may have its number by then.
    process
        .children()
        .filter(child -> child.pid() != id)
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
    ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly);
    process.waitFor();
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
