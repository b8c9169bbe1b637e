package org.clickmill.drivers.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Metrics, as a real Prometheus takes them: from a Pushgateway, and from the file. */
@TestInstance(Lifecycle.PER_CLASS)
final class PrometheusIT {
  private static final List<String> PROGRAMS =
      List.of("promtool", "prometheus", "prometheus-pushgateway");
  private static final Path EXAMPLES = Path.of("..", "docs", "examples", "monitoring");
  private static final long PATIENCE_SECONDS = 60;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();
  private Path folder;
  private Path shop;
  private Path metrics;
  private String gateway;
  private String prometheus;
  private HttpServer fileServer;

  @BeforeAll
  void start(@TempDir Path work) throws IOException, InterruptedException {
    assumeTrue(
        PROGRAMS.stream().allMatch(PrometheusIT::isThere),
        "skipped: no " + PROGRAMS + " (the Debian packages prometheus and prometheus-pushgateway)");
    folder = work;
    shop = work.resolve("shop");
    metrics = work.resolve("clickmill.prom");
    gateway = startGateway();
    fileServer = serveFile();
    prometheus = startPrometheus();
    var file =
        Files.writeString(
            work.resolve("a.csv"),
            "event_time,event_type,order_id,product_id,brand,price,user_id\n"
                + "2024-03-01T10:00:00Z,purchase,1,p,acme,3.50,u\n");
    assertThat(observe("import", "--input=" + file, "--mapping=clickmill")).isZero();
    assertThat(observe("pipeline", "--tables=sales")).isZero();
    // A day of which no hour is there.
    assertThat(observe("pipeline", "--tables=sales", "--day=2024-03-05")).isEqualTo(3);
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (fileServer != null) {
      fileServer.stop(0);
    }
    for (var process : processes) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static boolean isThere(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private int observe(String... options) {
    var line = new ArrayList<>(List.of(options));
    line.add("--warehouse=" + shop);
    line.add("-Dclickmill.metrics-file=" + metrics);
    line.add("-Dclickmill.pushgateway=" + gateway);
    line.add("-Dclickmill.pushgateway.instance=shop");
    var run = CommandRun.of(line.toArray(String[]::new));
    assertThat(run.err()).doesNotContain("warning: Cannot push", "warning: Cannot write");
    return run.exitCode();
  }

  private String startGateway() throws IOException, InterruptedException {
    int port = freePort();
    start("prometheus-pushgateway", "--web.listen-address=127.0.0.1:" + port);
    var url = "http://127.0.0.1:" + port;
    await(url + "/-/ready");
    return url;
  }

  /** As the node exporter's collector would, the file is served as it is. */
  private HttpServer serveFile() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          var content = Files.exists(metrics) ? Files.readAllBytes(metrics) : new byte[0];
          exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    server.start();
    return server;
  }

  /** With the configuration and the alerts of the examples, but for addresses and times. */
  private String startPrometheus() throws IOException, InterruptedException {
    var configuration =
        Files.readString(EXAMPLES.resolve("prometheus.yml"))
            .replace("15s", "1s")
            .replace("localhost:9091", URI.create(gateway).getAuthority())
            .replace("localhost:9100", "127.0.0.1:" + fileServer.getAddress().getPort());
    var file = Files.writeString(folder.resolve("prometheus.yml"), configuration);
    Files.writeString(
        folder.resolve("alerts.yml"),
        Files.readString(EXAMPLES.resolve("alerts.yml")).replaceAll("for: \\d+[mhd]", "for: 1s"));
    int port = freePort();
    start(
        "prometheus",
        "--config.file=" + file,
        "--storage.tsdb.path=" + folder.resolve("data"),
        "--web.listen-address=127.0.0.1:" + port);
    var url = "http://127.0.0.1:" + port;
    await(url + "/-/ready");
    return url;
  }

  private void start(String... line) throws IOException {
    var log = folder.resolve(line[0] + ".log").toFile();
    processes.add(
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void await(String url) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      try {
        if (get(url).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not up yet.
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError(url + " does not answer");
  }

  private java.net.http.HttpResponse<String> get(String url)
      throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private static String promtool(Path in, String... options)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("promtool"));
    line.addAll(List.of(options));
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    if (in != null) {
      builder.redirectInput(in.toFile());
    }
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void promtoolFindsNothingWrongWithTheMetrics() throws IOException, InterruptedException {
    assertThat(promtool(metrics, "check", "metrics")).isEmpty();
    var status = CommandRun.of("status", "--prometheus", "--warehouse=" + shop);
    assertThat(status.exitCode()).as(status.err()).isZero();
    var printed = Files.writeString(folder.resolve("status.prom"), status.out());
    assertThat(promtool(printed, "check", "metrics")).isEmpty();
  }

  @Test
  void examplesAreRight() throws IOException, InterruptedException {
    promtool(null, "check", "config", EXAMPLES.resolve("prometheus.yml").toString());
    promtool(null, "check", "rules", EXAMPLES.resolve("alerts.yml").toString());
    promtool(null, "test", "rules", EXAMPLES.resolve("alerts_test.yml").toString());
  }

  @Test
  void gatewayAndFileHoldTheSame() throws IOException, InterruptedException {
    var query = "clickmill_table_newest_rows{table=\"sales\"} == 1";
    var found = awaitResults(query, 2);
    assertThat(found)
        .extracting(result -> result.at("/metric/job").asText())
        .containsExactlyInAnyOrder("clickmill", "node");
    assertThat(
            awaitResults("clickmill_run_exit_code{job=\"clickmill\",command=\"import\"} == 0", 1))
        .extracting(result -> result.at("/metric/instance").asText())
        .containsExactly("shop");
    // The run that failed has not taken away when the one before it succeeded.
    awaitResults("clickmill_run_success_timestamp_seconds{command=\"pipeline\"} > 0", 2);
    awaitResults("clickmill_run_exit_code{command=\"pipeline\"} == 3", 2);
  }

  @Test
  void alertsFire() throws IOException, InterruptedException {
    var failed = awaitAlert("ClickmillRunFailed");
    assertThat(failed.at("/labels/command").asText()).isEqualTo("pipeline");
    assertThat(failed.at("/annotations/summary").asText())
        .isEqualTo("clickmill pipeline ends with exit code 3");
    assertThat(awaitAlert("ClickmillTableLate").at("/annotations/summary").asText())
        .matches("Table (sales|events_daily) ends \\d+d .* ago");
  }

  private List<JsonNode> awaitResults(String query, int count)
      throws IOException, InterruptedException {
    var url = prometheus + "/api/v1/query?query=" + URLEncoder.encode(query, UTF_8);
    List<JsonNode> found = List.of();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      var answer = new ObjectMapper().readTree(get(url).body());
      found = StreamSupport.stream(answer.at("/data/result").spliterator(), false).toList();
      if (found.size() == count) {
        return found;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new AssertionError(query + " finds " + found);
  }

  private JsonNode awaitAlert(String name) throws IOException, InterruptedException {
    JsonNode alerts = null;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      alerts = new ObjectMapper().readTree(get(prometheus + "/api/v1/alerts").body());
      for (var alert : alerts.at("/data/alerts")) {
        if (alert.at("/labels/alertname").asText().equals(name)
            && alert.get("state").asText().equals("firing")) {
          return alert;
        }
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new AssertionError(name + " does not fire: " + alerts);
  }
}
