package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The servers of a cluster by their names. Used by several threads. */
final class Servers implements AutoCloseable {
  private final Path folder;
  private final Software software;
  private final Map<String, Server> known = new LinkedHashMap<>();
  private final Map<String, ServerProcess> running = new LinkedHashMap<>();

  /**
   * @param folder for their logs
   */
  Servers(Path folder, Software software) {
    this.folder = folder;
    this.software = software;
  }

  /** The class path of a server or a client with these site files. */
  static String classPath(Path siteFiles, Software software) {
    return siteFiles + ":" + software.libraries() + "/*";
  }

  synchronized void start(Server server) throws IOException {
    known.put(server.name(), server);
    running.put(
        server.name(),
        ServerProcess.start(
            software,
            server.heap(),
            server.mainClass(),
            classPath(server.siteFiles(), software),
            server.arguments(),
            folder.resolve(server.name() + ".log")));
  }

  /** Kills a server, as kill -9 does. */
  void kill(String name) throws IOException, InterruptedException {
    ServerProcess process;
    synchronized (this) {
      process = running.remove(name);
    }
    if (process == null) {
      throw new BigDayException("Cannot kill %s: no such server is running", name);
    }
    process.kill();
  }

  synchronized boolean isRunning(String name) {
    return running.containsKey(name);
  }

  /** Starts what was killed. */
  synchronized void restart(String name) throws IOException {
    if (!running.containsKey(name)) {
      start(known.get(name));
    }
  }

  /** Starts all that were killed. */
  synchronized void restartAll() throws IOException {
    for (var name : List.copyOf(known.keySet())) {
      restart(name);
    }
  }

  /** Fails if a server has ended that was not killed here. */
  synchronized void requireAlive() {
    running.values().forEach(ServerProcess::requireAlive);
  }

  /**
   * Stops all, the last one first; may be called more than once.
   *
   * @return whether there was any
   */
  boolean stop() {
    List<ServerProcess> left;
    synchronized (this) {
      left = new ArrayList<>(running.values());
      running.clear();
      known.clear();
    }
    Collections.reverse(left);
    left.forEach(ServerProcess::end);
    left.forEach(ServerProcess::close);
    return !left.isEmpty();
  }

  @Override
  public void close() {
    stop();
  }
}
