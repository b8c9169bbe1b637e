package org.clickmill.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A Trino in a process of its own, run by a JDK 25, on a free port of this machine. Its jars are
 * those that the module {@code benchmarks/trino} puts aside.
 */
final class TrinoServer implements AutoCloseable {
  private static final Path JVMS = Path.of("/usr/lib/jvm");
  private static final long LONGEST_START_SECONDS = 240;
  private static final long POLL_MILLISECONDS = 100;

  private final Process process;
  private final URI uri;

  private TrinoServer(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** The folder of a JDK 25, if this machine has one where Linux keeps them. */
  static Optional<Path> jdk() throws IOException {
    if (!Files.isDirectory(JVMS)) {
      return Optional.empty();
    }
    try (var folders = Files.list(JVMS)) {
      return folders
          .filter(place -> place.getFileName().toString().contains("25"))
          .filter(place -> Files.isExecutable(place.resolve("bin/javac")))
          .findFirst();
    }
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param catalogs the metastore of each catalog: {@code thrift://…}, or {@code file:…} for one
   *     that keeps its tables in a folder
   */
  static TrinoServer start(Path jdk, Path folder, Map<String, String> catalogs)
      throws IOException, InterruptedException {
    var temporary = Files.createDirectories(folder.resolve("temporary"));
    var source = module().resolve("src/main/java/org/clickmill/benchmarks/trino/TrinoProcess.java");
    var command = new ArrayList<String>();
    command.add(jdk.resolve("bin/java").toString());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--add-modules=jdk.incubator.vector",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            // Trino, as Hive, takes the times of files for times of its own zone.
            "-Duser.timezone=UTC",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            module().resolve("target/lib") + "/*",
            source.toString(),
            folder.toString()));
    new TreeMap<>(catalogs).forEach((name, metastore) -> command.add(name + "=" + metastore));
    var log = folder.resolve("log");
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    // No process stays behind when this one is killed.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    var uri = folder.resolve("uri");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
    while (!Files.exists(uri)) {
      if (process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)
          || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new BenchmarkException(
            "Cannot start Trino:%n%s", Files.readString(log, StandardCharsets.UTF_8));
      }
    }
    return new TrinoServer(process, URI.create(Files.readString(uri)));
  }

  private static Path module() {
    return Path.of(System.getProperty("clickmill.home"), "benchmarks", "trino");
  }

  /** The jars of Trino's JDBC driver. */
  static Path driver() {
    return module().resolve("target/jdbc");
  }

  /** Where clients find it, as {@code host:port}. */
  String address() {
    return uri.getHost() + ":" + uri.getPort();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
