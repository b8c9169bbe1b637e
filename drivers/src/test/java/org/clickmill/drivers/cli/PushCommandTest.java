package org.clickmill.drivers.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command push, and the pushes of pipeline, against a real broker. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PushCommandTest {
  private static final String TABLES = "--tables=sales,sales_by_brand";

  private KafkaBroker broker;
  private Path shop;
  private Path raw;

  @BeforeAll
  void start(@TempDir Path brokerFolder, @TempDir Path folder)
      throws IOException, InterruptedException {
    broker = KafkaBroker.start(Path.of(System.getProperty("clickmill.kafka")), brokerFolder);
    shop = folder.resolve("shop");
    raw = Files.createDirectory(folder.resolve("raw"));
    importPurchases("a.csv", "1,acme,3.50", "2,zeta,1.00");
    var run = run("pipeline", TABLES);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  @Test
  @Order(1)
  void dryRunSaysWhatWouldBePushed() {
    var run = push("sales_by_brand", "--topic=brands", "--dry-run");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            sales_by_brand/dt=2024-03-01: version 1 to push, topic brands holds none
            sales_by_brand: 1 of 1 partitions to push to topic brands, which is 1 versions behind.\
             Nothing was run.
            """);
  }

  @Test
  @Order(2)
  void tableIsPushedOnce() throws IOException {
    var first = push("sales_by_brand", "--topic=brands", "--json");
    assertThat(first.exitCode()).as(first.err()).isZero();
    var outcome = new ObjectMapper().readTree(first.out()).get("pushes").get(0);
    assertThat(outcome.get("table").asText()).isEqualTo("sales_by_brand");
    assertThat(outcome.get("topic").asText()).isEqualTo("brands");
    assertThat(outcome.get("rows").asInt()).isEqualTo(2);
    var second = push("sales_by_brand", "--topic=brands", "--day=2024-03-01");
    assertThat(second.out())
        .isEqualTo("Nothing to push of sales_by_brand: topic brands holds all 1 partitions.\n");
  }

  @Test
  @Order(3)
  void pipelinePushesWhatItHasPublished() throws IOException {
    importPurchases("b.csv", "3,zeta,2.00");
    var run =
        run(
            "pipeline",
            TABLES,
            "--json",
            "-D",
            "clickmill.push=sales_by_brand=brands,sales=days",
            "-D",
            "clickmill.push.bootstrap-servers=" + broker.bootstrapServers());
    assertThat(run.exitCode()).as(run.err()).isZero();
    var pushes = new ArrayList<String>();
    for (var step : new ObjectMapper().readTree(run.out()).get("steps")) {
      if (step.get("step").asText().equals("push")) {
        pushes.add(step.get("note").asText() + ": " + step.get("recordsOut"));
      }
    }
    assertThat(pushes)
        .containsExactly("sales_by_brand to topic brands: 1", "sales to topic days: 1");
  }

  @Test
  @Order(4)
  void brokerThatIsAwayIsAWarningOfPipelineAndAFailureOfPush() throws IOException {
    importPurchases("c.csv", "4,acme,2.00");
    var away = new ArrayList<>(List.of("-D", "clickmill.load.connect-seconds=1"));
    away.addAll(List.of("-D", "clickmill.push=sales_by_brand=brands,sales=days"));
    away.addAll(List.of("-D", "clickmill.push.bootstrap-servers=localhost:1"));
    var pipeline = new ArrayList<>(List.of("pipeline", TABLES));
    pipeline.addAll(away);
    var run = run(pipeline.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("clickmill pipeline: warning: Cannot use topic brands: no answer in time (")
        .contains("The topic of sales_by_brand to topic brands is 1 versions behind")
        .contains("warning: Cannot push sales to topic days: Cannot use topic brands: no answer");
    var push = new ArrayList<>(List.of("push"));
    push.addAll(away);
    var failed = run(push.toArray(String[]::new));
    assertThat(failed.exitCode()).isEqualTo(3);
    assertThat(failed.err())
        .startsWith("clickmill push: Cannot use topic brands: no answer in time");
    var caughtUp = push("sales_by_brand", "--topic=brands");
    assertThat(caughtUp.out())
        .startsWith("Pushed 1 partitions of sales_by_brand to topic brands in ")
        .contains(": 1 rows and 0 tombstones (")
        .endsWith("; 1 rows and 0 partitions were there.\n");
  }

  @Test
  @Order(5)
  void cacheThatCannotBeUsedIsAWarningOfPipeline() throws IOException {
    importPurchases("d.csv", "5,acme,2.00");
    var cache = shop.resolve("_push/days/sales.json");
    Files.delete(cache);
    Files.createDirectory(cache);
    var line =
        new ArrayList<>(
            List.of(
                "pipeline",
                TABLES,
                "-Dclickmill.push=sales=days",
                "-Dclickmill.load.connect-seconds=1"));
    line.add("-Dclickmill.push.bootstrap-servers=" + broker.bootstrapServers());
    var run = run(line.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("sales to topic days");
    assertThat(run.err())
        .contains("clickmill pipeline: warning: Cannot write ")
        .contains("_push/days/sales.json, which says how far topic days is behind when");
    var push = push("sales", "--topic=days");
    assertThat(push.exitCode()).isZero();
    assertThat(push.err()).contains("clickmill push: warning: Cannot write ");
    line.set(line.size() - 1, "-Dclickmill.push.bootstrap-servers=localhost:1");
    var away = run(line.toArray(String[]::new));
    assertThat(away.exitCode()).as(away.err()).isZero();
    assertThat(away.err())
        .contains("How many versions the topic of sales to topic days is behind is unknown (")
        .contains("; the next run catches up.");
  }

  @Test
  @Order(6)
  void daysWithoutPartitionAreNamed() {
    var run = push("sales", "--topic=days", "--day=2024-04-01");
    assertThat(run.out())
        .isEqualTo("Nothing to push of sales: it has no partition in these days.\n");
    assertThat(push("sales", "--topic=days", "--day=2024-04-01", "--dry-run").out())
        .isEqualTo("sales: it has no partition in these days. Nothing was run.\n");
    assertThat(push("sales_weekly", "--topic=weeks", "--dry-run").out())
        .isEqualTo("sales_weekly: it has no partition. Nothing was run.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | Missing table: name one, with --topic, or set clickmill.push",
        "--topic=x | Missing table: --topic goes with one",
        "sales | Missing topic of table sales: name it with --topic, or in the setting"
            + " clickmill.push",
        "sale --topic=x | Invalid table: 'sale'. Did you mean sales? Tables: events_daily, ",
        "sessions --topic=x | Cannot push table sessions: it holds personal data (session_id,"
            + " visitor, user_id, user_session); whoever may publish it adds the table to"
            + " clickmill.push.allow-personal",
        "funnel_sessions --topic=x -Dclickmill.push.allow-personal=funnel_sessions | Cannot push table funnel_sessions: it has no key, so a row could not"
            + " take the place of its older version; choose another table",
        "-Dclickmill.push=sales | Invalid value of clickmill.push: 'sales' (expected TABLE=TOPIC)",
        "-Dclickmill.push=sales=a,sales=b | Invalid value of clickmill.push: table sales stands"
            + " there twice"
      })
  void wrongUsageIsNamed(String options, String message) {
    var run = push(options.isEmpty() ? new String[0] : options.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("clickmill push: " + message);
  }

  @Test
  void kafkaWithoutAnAddressIsToldBeforeAnythingIsComputed() {
    var run = run("pipeline", "-Dclickmill.push=sales=days");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "clickmill pipeline: Missing address of Kafka: name its brokers with"
                + " --bootstrap-servers HOST:PORT,… of the command push, or in the setting"
                + " clickmill.push.bootstrap-servers\n");
  }

  @Test
  void topicThatTablesArePushedToIsNotLoaded() {
    var run =
        run(
            "load",
            "--bootstrap-servers=localhost:1",
            "--topic=clicks,days",
            "--mapping=clickmill",
            "-Dclickmill.push=sales=days");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "clickmill load: Cannot load topic days: table sales is pushed to it"
                + " (clickmill.push)\n");
  }

  private void importPurchases(String file, String... purchases) throws IOException {
    var text = new StringBuilder("event_time,event_type,order_id,product_id,brand,price,user_id\n");
    for (var purchase : purchases) {
      var parts = purchase.split(",");
      text.append("2024-03-01T10:00:00Z,purchase,")
          .append(parts[0])
          .append(",p,")
          .append(parts[1])
          .append(',')
          .append(parts[2])
          .append(",u\n");
    }
    var input = Files.write(raw.resolve(file), text.toString().getBytes(UTF_8));
    var run = run("import", "--input=" + input, "--mapping=clickmill");
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private CommandRun push(String... options) {
    var line = new ArrayList<>(List.of("push"));
    line.addAll(List.of(options));
    line.add("--bootstrap-servers=" + broker.bootstrapServers());
    return run(line.toArray(String[]::new));
  }

  private CommandRun run(String... options) {
    var line = new ArrayList<>(List.of(options));
    line.add("--warehouse=" + shop);
    return CommandRun.of(line.toArray(String[]::new));
  }
}
