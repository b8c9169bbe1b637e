package org.clickmill.drivers.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands tell of themselves: metrics in a file, events in a file, and both by HTTP. */
final class ObservedCommandsTest {
  private static final String TABLES = "--tables=sales,sales_by_brand";

  @TempDir Path folder;

  private Path shop;
  private Path metrics;
  private Path events;

  /** A request that a server got. */
  private record Received(String path, String authorization, String body) {}

  @BeforeEach
  void places() {
    shop = folder.resolve("shop");
    metrics = folder.resolve("clickmill.prom");
    events = folder.resolve("lineage.jsonl");
  }

  private CommandRun run(String... options) {
    var line = new ArrayList<>(List.of(options));
    line.add("--warehouse=" + shop);
    line.add("-Dclickmill.metrics-file=" + metrics);
    line.add("-Dclickmill.openlineage.file=" + events);
    return CommandRun.of(line.toArray(String[]::new));
  }

  private CommandRun succeed(String... options) {
    var run = run(options);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private Path purchases(String name, String... lines) throws IOException {
    var header = "event_time,event_type,order_id,product_id,brand,price,user_id\n";
    return Files.writeString(folder.resolve(name), header + String.join("\n", lines) + "\n", UTF_8);
  }

  private void importPurchases(String name, String... lines) throws IOException {
    succeed("import", "--input=" + purchases(name, lines), "--mapping=clickmill");
  }

  private List<JsonNode> events() throws IOException {
    var json = new ObjectMapper();
    var all = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(events)) {
      all.add(json.readTree(line));
    }
    return all;
  }

  /** Each as its type and its job. */
  private List<String> told() throws IOException {
    return events().stream()
        .map(event -> event.get("eventType").asText() + " " + event.at("/job/name").asText())
        .toList();
  }

  @Test
  void failedRunIsTold() throws IOException {
    var file = purchases("a.csv", "2024-03-01T10:00:00Z,purchase,1,p,acme,3.50,u", "rubbish,,,,,,");
    assertThat(run("import", "--input=" + file, "--mapping=clickmill").exitCode()).isEqualTo(4);
    assertThat(metrics)
        .content()
        .contains("clickmill_run_exit_code{command=\"import\"} 4\n")
        .doesNotContain("clickmill_run_success_timestamp_seconds");
  }

  @Test
  void figuresOfStepsAndTablesAreTold() throws IOException {
    importPurchases("a.csv", "2024-03-01T10:00:00Z,purchase,1,p,acme,3.50,u");
    assertThat(metrics)
        .content()
        .contains("clickmill_run_exit_code{command=\"import\"} 0\n")
        .contains("clickmill_run_published_partitions{command=\"import\"} 24\n")
        .contains("clickmill_run_published_rows{command=\"import\"} 1\n")
        .contains("clickmill_step_read_rows{command=\"import\",step=\"import\"} 1\n")
        // Midnight after the day.
        .contains("clickmill_table_end_timestamp_seconds{table=\"events\"} 1709337600.000\n")
        .contains("clickmill_partitions{table=\"sales\",state=\"stale\"} 1\n")
        .contains("clickmill_partitions{table=\"sales\",state=\"fresh\"} 0\n");
    succeed("pipeline", TABLES);
    assertThat(metrics)
        .content()
        .contains("clickmill_run_exit_code{command=\"import\"} 0\n")
        .contains("clickmill_run_exit_code{command=\"pipeline\"} 0\n")
        .contains("clickmill_step_partitions{command=\"pipeline\",step=\"compact\"} 1\n")
        .contains("clickmill_table_newest_rows{table=\"sales\"} 1\n")
        .contains("clickmill_table_end_timestamp_seconds{table=\"sales\"} 1709337600.000\n")
        .contains("clickmill_partitions{table=\"sales\",state=\"fresh\"} 1\n")
        .contains("clickmill_stuck_commits 0\n")
        .doesNotContain("clickmill_unregistered_partitions");
  }

  @Test
  void failureIsToldAndTheLastSuccessStays() throws IOException {
    importPurchases("a.csv", "2024-03-01T10:00:00Z,purchase,1,p,acme,3.50,u");
    succeed("pipeline", TABLES);
    var success = line("clickmill_run_success_timestamp_seconds{command=\"pipeline\"}");
    Files.delete(events);
    // Hours of a later day are there, but not all of them.
    succeed(
        "import",
        "--no-fill",
        "--mapping=clickmill",
        "--input=" + purchases("b.csv", "2024-03-02T10:00:00Z,purchase,2,p,acme,1.00,u"));
    var failed = run("pipeline", TABLES, "--day=2024-03-02");
    assertThat(failed.exitCode()).isEqualTo(3);
    assertThat(metrics).content().contains("clickmill_run_exit_code{command=\"pipeline\"} 3\n");
    assertThat(line("clickmill_run_success_timestamp_seconds{command=\"pipeline\"}"))
        .isEqualTo(success);
    var last = events().get(events().size() - 1);
    assertThat(last.get("eventType").asText()).isEqualTo("FAIL");
    assertThat(last.at("/run/facets/errorMessage/message").asText())
        .startsWith("Cannot compute ")
        .contains("events_daily/dt=2024-03-02");
  }

  private String line(String beginning) throws IOException {
    return Files.readAllLines(metrics).stream()
        .filter(line -> line.startsWith(beginning))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void stepsAreRunsOfTheirOwn() throws IOException {
    importPurchases("a.csv", "2024-03-01T10:00:00Z,purchase,1,p,acme,3.50,u");
    succeed("pipeline", TABLES, "--report=" + folder.resolve("report.html"));
    assertThat(told())
        .containsExactly(
            "START import",
            "COMPLETE import",
            "START pipeline",
            "START pipeline.compact",
            "COMPLETE pipeline.compact",
            "START pipeline.analyze",
            "COMPLETE pipeline.analyze",
            "START pipeline.report",
            "COMPLETE pipeline.report",
            "COMPLETE pipeline");
    var analyze = events().get(6);
    assertThat(analyze.at("/run/facets/parent/run/runId"))
        .isEqualTo(events().get(2).at("/run/runId"));
    assertThat(analyze.at("/inputs/0/name").asText()).isEqualTo(shop + "/events_daily");
    var sales = analyze.at("/outputs/0");
    assertThat(sales.get("namespace").asText()).isEqualTo("file");
    assertThat(sales.get("name").asText()).isEqualTo(shop + "/sales");
    assertThat(sales.at("/facets/version/datasetVersion").asText()).isEqualTo("dt=2024-03-01@1");
    assertThat(sales.at("/outputFacets/outputStatistics/rowCount").asLong()).isEqualTo(1);
    assertThat(sales.at("/facets/schema/fields/0/name").asText()).isEqualTo("dt");
    assertThat(sales.at("/facets/schema/fields/1/description").asText()).isNotEmpty();
    assertThat(events().get(1).at("/inputs/0/name").asText()).endsWith("/a.csv");
    // Nothing is stale any more: no step.
    Files.delete(events);
    succeed("pipeline", TABLES);
    assertThat(told()).containsExactly("START pipeline", "COMPLETE pipeline");
  }

  @Test
  void commandsThatOnlyReadTellNothing() throws IOException {
    importPurchases("a.csv", "2024-03-01T10:00:00Z,purchase,1,p,acme,3.50,u");
    Files.delete(metrics);
    Files.delete(events);
    succeed("status");
    succeed("tables");
    succeed("pipeline", "--dry-run");
    succeed("import", "--input=" + folder.resolve("a.csv"), "--mapping=clickmill", "--preview");
    assertThat(metrics).doesNotExist();
    assertThat(events).doesNotExist();
  }

  @Test
  void statusPrintsTheSameOfTheWarehouse() throws IOException {
    importPurchases("a.csv", "2024-03-01T10:00:00Z,purchase,1,p,acme,3.50,u");
    var printed = succeed("status", "--prometheus").out();
    assertThat(printed)
        .startsWith("# HELP clickmill_info ")
        .contains("clickmill_table_end_timestamp_seconds{table=\"events\"} 1709337600.000\n")
        .doesNotContain("clickmill_run_");
    var both = run("status", "--prometheus", "--details");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err())
        .contains("Invalid options: --prometheus prints metrics of the whole warehouse: leave out");
  }

  @Test
  void whoeverIsAwayIsAWarningEach() throws IOException {
    var file = purchases("a.csv", "2024-03-01T10:00:00Z,purchase,1,p,acme,3.50,u");
    var run =
        CommandRun.of(
            "import",
            "--input=" + file,
            "--mapping=clickmill",
            "--warehouse=" + shop,
            "-Dclickmill.metrics-file=" + folder.resolve("none/clickmill.prom"),
            "-Dclickmill.openlineage.file=" + folder.resolve("none/lineage.jsonl"),
            "-Dclickmill.pushgateway=http://localhost:1",
            "-Dclickmill.openlineage.url=http://localhost:1/api/v1/lineage");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .containsOnlyOnce("clickmill import: warning: Cannot append lineage to ")
        .containsOnlyOnce(
            "warning: Cannot send lineage to http://localhost:1/api/v1/lineage: ConnectException")
        .containsOnlyOnce("warning: Cannot write metrics to ")
        .contains(": there is no folder " + folder.resolve("none"))
        .containsOnlyOnce("warning: Cannot push metrics to http://localhost:1: ConnectException");
  }

  @Test
  void bothAreSentWithTheirAuthorization() throws IOException {
    var received = Collections.synchronizedList(new ArrayList<Received>());
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(
              new Received(
                  exchange.getRequestURI().getPath(),
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      var url = "http://localhost:" + server.getAddress().getPort();
      var secret = Files.writeString(folder.resolve("secret"), "Bearer hunter2\n");
      var file = purchases("a.csv", "2024-03-01T10:00:00Z,purchase,1,p,acme,3.50,u");
      succeed(
          "import",
          "--input=" + file,
          "--mapping=clickmill",
          "-Dclickmill.pushgateway=" + url + "/gateway/",
          "-Dclickmill.pushgateway.authorization-file=" + secret,
          "-Dclickmill.openlineage.url=" + url + "/lineage",
          "-Dclickmill.openlineage.authorization-file=" + secret);
    } finally {
      server.stop(0);
    }
    var instance = Base64.getUrlEncoder().encodeToString(("file:" + shop).getBytes(UTF_8));
    var group = "/gateway/metrics/job/clickmill/instance@base64/" + instance;
    var command = Base64.getUrlEncoder().encodeToString("import".getBytes(UTF_8));
    assertThat(new LinkedHashSet<>(received.stream().map(Received::path).toList()))
        .containsExactly("/lineage", group, group + "/command@base64/" + command);
    assertThat(received).allMatch(request -> "Bearer hunter2".equals(request.authorization()));
    assertThat(received).noneMatch(request -> request.body().contains("hunter2"));
    assertThat(metrics).content().doesNotContain("hunter2");
    assertThat(events).content().doesNotContain("hunter2");
  }

  @Test
  void passwordInAnAddressIsRefusedAndNotShown() {
    var run =
        CommandRun.of(
            "import", "--input=a", "--mapping=rees46", "-Dclickmill.pushgateway=http://u:pw1@host");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("Invalid value of clickmill.pushgateway: it holds a user or a password")
        .contains("put it into the file of clickmill.pushgateway.authorization-file")
        .doesNotContain("pw1");
  }

  @Test
  void invalidPlacesAreRefused() {
    assertThat(CommandRun.of("config", "-Dclickmill.openlineage.url=marquez:5000").err().lines())
        .first()
        .asString()
        .contains("Invalid value of clickmill.openlineage.url: 'marquez:5000' (expected an address")
        .contains("such as http://host:9091");
    assertThat(CommandRun.of("config", "-Dclickmill.metrics-file=hdfs://nn/x.prom").err().lines())
        .first()
        .asString()
        .contains(
            "Invalid value of clickmill.metrics-file: 'hdfs://nn/x.prom' (expected a path of");
  }
}
