package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.openlineage.client.OpenLineage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The events of a day that comes from a real broker and goes to a report and back to a topic, read
 * by OpenLineage's own classes.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class LineageIT {
  private static final String TOPIC = "clicks";
  private static final String DAY = "dt=2019-10-01";

  /** Events are written again with all that was understood, and nothing that is not there. */
  private static final ObjectMapper OPENLINEAGE =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private KafkaBroker broker;
  private Path shop;
  private Path lineage;
  private List<JsonNode> events;

  @BeforeAll
  void takeADayAllTheWay(@TempDir Path brokerFolder, @TempDir Path work)
      throws IOException, InterruptedException {
    broker = KafkaBroker.start(Path.of(System.getProperty("clickmill.kafka")), brokerFolder);
    shop = work.resolve("shop");
    lineage = work.resolve("lineage.jsonl");
    var client =
        Files.writeString(
            work.resolve("client.properties"),
            "bootstrap.servers=" + broker.bootstrapServers() + "\nssl.key.password=hunter2\n");
    succeed(
        "publish",
        "--bootstrap-servers=" + broker.bootstrapServers(),
        "--topic=" + TOPIC,
        "--events=2000",
        "--days=1");
    observe(
        "load",
        "--client-properties=" + client,
        "--topic=" + TOPIC,
        "--mapping=clickmill",
        "--start=earliest",
        "--as-of=2019-10-02T00:20:00Z");
    observe("compact");
    observe(
        "pipeline",
        "--tables=sales,view_counts,top_products",
        "--report=" + work.resolve("report.html"));
    observe("push", "sales", "--topic=sales", "--client-properties=" + client);
    events = new ArrayList<>();
    for (var line : Files.readAllLines(lineage)) {
      events.add(new ObjectMapper().readTree(line));
    }
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  private void observe(String... options) {
    var line = new ArrayList<>(List.of(options));
    line.add("--warehouse=" + shop);
    line.add("-Dclickmill.openlineage.file=" + lineage);
    line.add("-Dclickmill.openlineage.namespace=shop");
    succeed(line.toArray(String[]::new));
  }

  private static void succeed(String... line) {
    var run = CommandRun.of(line);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  /**
   * What OpenLineage's classes understand of an event, written again, is the event: every name,
   * type and address of a schema is as it is there.
   */
  @Test
  void eventsAreAsOpenLineageHasThem() throws IOException {
    assertThat(events).hasSizeGreaterThan(12);
    for (var event : events) {
      var text = event.toString();
      var understood = OPENLINEAGE.readValue(text, OpenLineage.RunEvent.class);
      assertThat(understood.getEventTime().toInstant())
          .isEqualTo(OffsetDateTime.parse(event.get("eventTime").asText()).toInstant());
      // By way of text, since numbers are equal there whatever holds them.
      var again = (ObjectNode) OPENLINEAGE.readTree(OPENLINEAGE.writeValueAsString(understood));
      again.set("eventTime", event.get("eventTime"));
      assertThat(again).isEqualTo(event);
      assertThat(understood.getRun().getRunId()).isNotNull();
      assertThat(understood.getJob().getNamespace()).isEqualTo("shop");
      assertFacetsAreKnown(understood);
    }
  }

  /** What is no facet of OpenLineage has a prefix of our own. */
  private static void assertFacetsAreKnown(OpenLineage.RunEvent event) {
    var run = event.getRun().getFacets();
    assertThat(run.getProcessing_engine().getName()).isEqualTo("Hadoop MapReduce");
    assertThat(run.getAdditionalProperties().keySet()).allMatch(LineageIT::isOurs);
    assertThat(event.getJob().getFacets().getJobType().getIntegration()).isEqualTo("CLICKMILL");
    assertThat(event.getJob().getFacets().getAdditionalProperties()).isEmpty();
    for (var input : event.getInputs()) {
      if (input.getFacets() != null) {
        assertThat(input.getFacets().getAdditionalProperties().keySet())
            .allMatch(LineageIT::isOurs);
      }
      if (input.getInputFacets() != null) {
        assertThat(input.getInputFacets().getAdditionalProperties()).isEmpty();
      }
    }
    for (var output : event.getOutputs()) {
      if (output.getFacets() != null) {
        assertThat(output.getFacets().getAdditionalProperties().keySet())
            .allMatch(LineageIT::isOurs);
      }
      assertThat(output.getOutputFacets().getOutputStatistics()).isNotNull();
      assertThat(output.getOutputFacets().getAdditionalProperties()).isEmpty();
    }
  }

  private static boolean isOurs(String facet) {
    return facet.startsWith("clickmill_");
  }

  @Test
  void eachRunBeginsAndEndsOnce() {
    var begun = ids("START");
    assertThat(begun).doesNotHaveDuplicates();
    assertThat(ids("COMPLETE")).containsExactlyInAnyOrderElementsOf(begun);
    assertThat(ids("FAIL")).isEmpty();
  }

  private List<String> ids(String type) {
    return events.stream()
        .filter(event -> event.get("eventType").asText().equals(type))
        .map(event -> event.at("/run/runId").asText())
        .toList();
  }

  @Test
  void reportIsWalkedBackToTheTopic() {
    var report = writer("report.html", null, 0);
    assertThat(report.at("/job/name").asText()).isEqualTo("pipeline.report");
    var sales = input(report, "sales");
    var analyze = writer("sales", DAY, version(sales, DAY));
    assertThat(analyze.at("/job/name").asText()).isEqualTo("pipeline.analyze");
    var daily = input(analyze, "events_daily");
    var compact = writer("events_daily", DAY, version(daily, DAY));
    assertThat(compact.at("/job/name").asText()).isEqualTo("compact.compact");
    var hours = input(compact, "events");
    var topics =
        StreamSupport.stream(
                hours.at("/facets/clickmill_partitions/partitions").spliterator(), false)
            .map(
                hour ->
                    writer("events", hour.get("partition").asText(), hour.get("version").asInt()))
            .map(load -> load.at("/inputs/0"))
            .collect(Collectors.toSet());
    assertThat(hours.at("/facets/clickmill_partitions/partitions")).hasSize(24);
    var servers = broker.bootstrapServers();
    assertThat(topics)
        .singleElement()
        .satisfies(
            topic -> {
              assertThat(topic.get("namespace").asText()).isEqualTo("kafka://" + servers);
              assertThat(topic.get("name").asText()).isEqualTo(TOPIC);
              assertThat(topic.at("/inputFacets/inputStatistics/rowCount").asLong())
                  .isEqualTo(2000);
            });
  }

  @Test
  void pushGoesFromTheTableToItsTopic() {
    var push =
        events.stream()
            .filter(event -> event.at("/job/name").asText().equals("push.push.sales"))
            .filter(event -> event.get("eventType").asText().equals("COMPLETE"))
            .findFirst()
            .orElseThrow();
    assertThat(push.at("/inputs/0/name").asText()).isEqualTo(shop + "/sales");
    assertThat(push.at("/outputs/0/name").asText()).isEqualTo("sales");
    assertThat(push.at("/outputs/0/outputFacets/outputStatistics/rowCount").asLong()).isEqualTo(1);
  }

  @Test
  void rowsAreThoseOfTheManifests() throws IOException {
    var manifests = SmallShop.manifests(SmallShop.warehouse(shop));
    var written = writer("events_daily", DAY, 1).at("/outputs/0");
    var manifest =
        manifests.values().stream()
            .filter(found -> found.dataset().equals("events_daily"))
            .findFirst()
            .orElseThrow();
    var statistics = written.at("/outputFacets/outputStatistics");
    assertThat(statistics.get("rowCount").asLong()).isEqualTo(manifest.fingerprint().rows());
    assertThat(statistics.get("size").asLong()).isEqualTo(manifest.bytes());
    assertThat(statistics.get("fileCount").asLong()).isEqualTo(manifest.files().size());
    assertThat(writer("events_daily", DAY, 1).at("/run/facets/clickmill_run/runIds/0").asText())
        .isEqualTo(manifest.runId());
  }

  @Test
  void columnsAreDescribedAndThePersonalOnesMarked() {
    var daily = writer("events_daily", DAY, 1).at("/outputs/0/facets");
    assertThat(daily.at("/schema/fields"))
        .allSatisfy(field -> assertThat(field.get("description").asText()).isNotEmpty());
    var personal =
        StreamSupport.stream(daily.at("/tags/tags").spliterator(), false)
            .map(tag -> tag.get("field").asText())
            .toList();
    assertThat(personal).contains("user_id", "visitor_id").doesNotContain("price");
    assertThat(daily.at("/documentation/description").asText()).isNotEmpty();
  }

  @Test
  void nothingSecretIsTold() throws IOException {
    assertThat(lineage).content().doesNotContain("hunter2");
  }

  /**
   * The run that wrote a version of a partition.
   *
   * @param name the end of the dataset's name
   * @param partition null for a file
   */
  private JsonNode writer(String name, String partition, int version) {
    return events.stream()
        .filter(event -> event.get("eventType").asText().equals("COMPLETE"))
        .filter(
            event ->
                StreamSupport.stream(event.get("outputs").spliterator(), false)
                    .filter(output -> output.get("name").asText().endsWith("/" + name))
                    .anyMatch(output -> partition == null || version(output, partition) == version))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody wrote " + name + " " + partition));
  }

  private JsonNode input(JsonNode event, String table) {
    return StreamSupport.stream(event.get("inputs").spliterator(), false)
        .filter(input -> input.get("name").asText().equals(shop + "/" + table))
        .findFirst()
        .orElseThrow(() -> new AssertionError(table + " is not read by " + event));
  }

  private static int version(JsonNode dataset, String partition) {
    return StreamSupport.stream(
            dataset.at("/facets/clickmill_partitions/partitions").spliterator(), false)
        .filter(found -> found.get("partition").asText().equals(partition))
        .mapToInt(found -> found.get("version").asInt())
        .findFirst()
        .orElse(0);
  }
}
