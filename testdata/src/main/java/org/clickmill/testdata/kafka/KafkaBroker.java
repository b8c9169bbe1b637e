package org.clickmill.testdata.kafka;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.testdata.process.ChildProcess;

/**
 * A Kafka broker of one node in a process of its own, on a free port of this machine. It can be
 * killed and started again: its port and its folder stay. The process ends when this one does, also
 * when this one is killed. Not for several threads.
 *
 * <p>Topics are not made by themselves, and nothing is deleted by its age: the records of a trial
 * are as old as the events in them.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final String CLUSTER_ID = "Y2xpY2ttaWxsLXRyaWFsMQ";

  /** The broker's last word at the start: its metadata are read and its listeners answer. */
  private static final String READY = "Kafka Server started";

  private static final long POLL_MILLISECONDS = 20;
  private static final long LONGEST_START_SECONDS = 120;
  private static final long LONGEST_STOP_SECONDS = 60;
  private static final int SHOWN_CHARACTERS = 4_000;

  private final Path jars;
  private final Path folder;
  private final int port;
  private final List<String> javaOptions;
  private Process process;

  private KafkaBroker(Path jars, Path folder, int port, List<String> javaOptions) {
    this.jars = jars;
    this.folder = folder;
    this.port = port;
    this.javaOptions = javaOptions;
  }

  /** Starts a broker whose clients need no password. */
  public static KafkaBroker start(Path jars, Path folder) throws IOException, InterruptedException {
    return start(jars, folder, Map.of());
  }

  /**
   * Starts a broker and waits until it serves.
   *
   * @param jars the folder of Kafka's jars
   * @param folder for its data, log and properties; made if missing. With the data of an earlier
   *     broker, their topics are served
   * @param properties of the server, more or other than the usual. The listener for clients is
   *     named CLIENT
   * @throws ClickmillException if the jars are missing or the broker does not start, with what it
   *     said
   */
  public static KafkaBroker start(Path jars, Path folder, Map<String, String> properties)
      throws IOException, InterruptedException {
    return start(jars, folder, properties, List.of());
  }

  /**
   * The same.
   *
   * @param javaOptions more options for the broker's Java, such as where its krb5.conf is
   */
  public static KafkaBroker start(
      Path jars, Path folder, Map<String, String> properties, List<String> javaOptions)
      throws IOException, InterruptedException {
    if (!Files.isDirectory(jars)) {
      throw ClickmillException.failed(
          "Missing folder of Kafka's jars: %s (run: mvn -pl testdata/kafka process-resources)",
          jars);
    }
    Files.createDirectories(folder);
    var broker = openPorts(jars.toAbsolutePath(), folder.toAbsolutePath(), properties, javaOptions);
    broker.restart();
    return broker;
  }

  /** Where clients find the broker: a host and a port. */
  public String bootstrapServers() {
    return "localhost:" + port;
  }

  /** What the broker has said: warnings and errors. */
  public Path log() {
    return folder.resolve("broker.log");
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Ends the process at once, as {@code kill -9} does. What was acknowledged stays. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Ends the process as an operator does; kills it if that takes too long. */
  public void stop() throws InterruptedException {
    // Process.destroy also closes standard input, at whose end the broker halts.
    process.toHandle().destroy();
    if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** Starts a broker that was killed or stopped, and waits until it serves. */
  public void restart() throws IOException, InterruptedException {
    if (isAlive()) {
      throw new IllegalStateException("Cannot restart a broker that runs: stop or kill it first");
    }
    long said = Files.exists(log()) ? Files.size(log()) : 0;
    process =
        new ProcessBuilder(command())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    boolean serves = false;
    try {
      awaitReady(said);
      serves = true;
    } finally {
      if (!serves) {
        kill();
      }
    }
  }

  /** Kills the process if it still runs. Its folder stays. */
  @Override
  public void close() {
    if (isAlive()) {
      kill();
    }
  }

  private List<String> command() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(
        List.of(
            "-Xms64m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + folder,
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
            "-cp",
            jars.resolve("*") + File.pathSeparator + ChildProcess.placeOf(BrokerProcess.class),
            BrokerProcess.class.getName(),
            propertiesFile(folder).toString(),
            CLUSTER_ID));
    return command;
  }

  private void awaitReady(long said) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
    while (!textFrom(said).contains(READY)) {
      if (process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        throw ClickmillException.failed(
            "Cannot start Kafka broker in %s: it ended with exit code %d%n%s",
            folder, process.exitValue(), tail(said));
      }
      if (System.nanoTime() > deadline) {
        throw ClickmillException.failed(
            "Cannot start Kafka broker in %s: it does not serve after %d seconds%n%s",
            folder, LONGEST_START_SECONDS, tail(said));
      }
    }
  }

  private String tail(long said) throws IOException {
    var text = textFrom(said).strip();
    return text.substring(Math.max(0, text.length() - SHOWN_CHARACTERS));
  }

  /** What the broker has said from a place of its log on, which a start keeps short. */
  private String textFrom(long position) throws IOException {
    try (var file = new RandomAccessFile(log().toFile(), "r")) {
      file.seek(position);
      byte[] bytes = new byte[(int) Math.min(file.length() - position, 1 << 20)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Chooses two ports that are free, both held while the second is chosen. */
  private static KafkaBroker openPorts(
      Path jars, Path folder, Map<String, String> properties, List<String> javaOptions)
      throws IOException {
    try (var clients = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var controllers = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = clients.getLocalPort();
      ServerProperties.of(port, controllers.getLocalPort(), folder.resolve("data"), properties)
          .write(propertiesFile(folder));
      return new KafkaBroker(jars, folder, port, List.copyOf(javaOptions));
    }
  }

  private static Path propertiesFile(Path folder) {
    return folder.resolve("server.properties");
  }
}
