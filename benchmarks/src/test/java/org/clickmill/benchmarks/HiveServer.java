package org.clickmill.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A Hive metastore or a HiveServer2 in a process of its own, on a free port of this machine. A
 * metastore's database lies in its folder, so it can be killed and started again. Its jars are
 * those that the module {@code benchmarks/hive} puts aside.
 */
final class HiveServer implements AutoCloseable {
  private static final List<String> OPENED =
      List.of(
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.reflect",
          "java.base/java.math",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.text",
          "java.base/java.time",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/java.util.regex",
          "java.sql/java.sql");

  private static final long LONGEST_START_SECONDS = 240;
  private static final long POLL_MILLISECONDS = 100;

  private final Path folder;
  private final int port;
  private final List<String> main;
  private final List<String> javaOptions;
  private Process process;

  private HiveServer(Path folder, int port, List<String> main, List<String> javaOptions) {
    this.folder = folder;
    this.port = port;
    this.main = main;
    this.javaOptions = javaOptions;
  }

  /** Starts a metastore. */
  static HiveServer metastore(Path folder) throws IOException, InterruptedException {
    return metastore(folder, Map.of(), List.of());
  }

  /** Starts a metastore with more properties, and more options of its Java. */
  static HiveServer metastore(Path folder, Map<String, String> more, List<String> javaOptions)
      throws IOException, InterruptedException {
    int port = freePort();
    var properties = new TreeMap<>(more);
    properties.put(
        "javax.jdo.option.ConnectionURL",
        "jdbc:derby:;databaseName=" + folder.resolve("database") + ";create=true");
    properties.put("datanucleus.schema.autoCreateAll", "true");
    properties.put("metastore.schema.verification", "false");
    properties.put("metastore.warehouse.dir", folder.resolve("warehouse").toUri().toString());
    properties.put(
        "metastore.warehouse.external.dir", folder.resolve("external").toUri().toString());
    return start(
        folder,
        port,
        List.of("org.apache.hadoop.hive.metastore.HiveMetaStore", "-p", Integer.toString(port)),
        javaOptions,
        properties);
  }

  /** Starts a HiveServer2 over a metastore. */
  static HiveServer hiveServer2(Path folder, HiveServer metastore)
      throws IOException, InterruptedException {
    int port = freePort();
    var properties = new TreeMap<String, String>();
    properties.put("hive.metastore.uris", metastore.uri());
    properties.put("hive.server2.thrift.bind.host", "localhost");
    properties.put("hive.server2.thrift.port", Integer.toString(port));
    properties.put("hive.server2.webui.port", "-1");
    properties.put("hive.server2.enable.doAs", "false");
    properties.put("hive.server2.logging.operation.enabled", "false");
    properties.put("hive.server2.materializedviews.registry.impl", "DUMMY");
    properties.put("hive.scheduled.queries.executor.enabled", "false");
    properties.put("hive.notification.event.poll.interval", "0");
    properties.put("hive.execution.engine", "mr");
    properties.put("mapreduce.framework.name", "local");
    properties.put("fs.defaultFS", "file:///");
    for (var name :
        List.of(
            "hive.exec.scratchdir",
            "hive.exec.local.scratchdir",
            "hive.downloaded.resources.dir",
            "hive.querylog.location")) {
      properties.put(name, folder.resolve(name).toString());
    }
    return start(
        folder, port, List.of("org.apache.hive.service.server.HiveServer2"), List.of(), properties);
  }

  private static HiveServer start(
      Path folder,
      int port,
      List<String> main,
      List<String> javaOptions,
      Map<String, String> properties)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("temporary"));
    var site = new StringBuilder("<configuration>\n");
    properties.forEach(
        (name, value) ->
            site.append("<property><name>")
                .append(name)
                .append("</name><value>")
                .append(value)
                .append("</value></property>\n"));
    Files.writeString(folder.resolve("hive-site.xml"), site.append("</configuration>\n"));
    var server = new HiveServer(folder, port, main, javaOptions);
    server.restart();
    return server;
  }

  /** The folder of Hive's jars. */
  static Path jars() {
    return Path.of(System.getProperty("clickmill.home"), "benchmarks", "hive", "target", "lib");
  }

  /** Where clients find a metastore. */
  String uri() {
    return "thrift://localhost:" + port;
  }

  int port() {
    return port;
  }

  /** Ends the process at once. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts a server that was killed, and waits until it answers. */
  void restart() throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(MeasuredProcess.java());
    command.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(javaOptions);
    OPENED.forEach(opened -> command.addAll(List.of("--add-opens", opened + "=ALL-UNNAMED")));
    command.addAll(
        List.of(
            "-Duser.timezone=UTC",
            "-Djava.io.tmpdir=" + folder.resolve("temporary"),
            "-Dderby.stream.error.file=" + folder.resolve("derby.log"),
            "-cp",
            folder + ":" + jars().resolve("*")));
    command.addAll(main);
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    // No process stays behind when this one is killed.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
    while (!answers()) {
      if (process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)
          || System.nanoTime() > deadline) {
        kill();
        throw new BenchmarkException(
            "Cannot start %s:%n%s",
            main.get(0), Files.readString(folder.resolve("log"), StandardCharsets.UTF_8));
      }
    }
  }

  private boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
