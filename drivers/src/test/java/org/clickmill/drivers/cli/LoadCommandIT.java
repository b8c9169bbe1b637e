package org.clickmill.drivers.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.metastore.InMemoryConnector;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.warehouse.HdfsExtension;
import org.clickmill.jobs.load.Topics;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command load, against a real broker. */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(HdfsExtension.class)
final class LoadCommandIT {
  private static final Schema CLICK =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Click", "fields": [
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "kind", "type": "string"}]}
              """);

  @TempDir Path folder;

  private KafkaBroker broker;
  private Path shop;
  private String topic;

  @BeforeAll
  void start(@TempDir Path brokerFolder) throws IOException, InterruptedException {
    broker = KafkaBroker.start(Path.of(System.getProperty("clickmill.kafka")), brokerFolder);
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  @BeforeEach
  void begin(TestInfo test) {
    shop = folder.resolve("shop");
    topic = test.getTestMethod().orElseThrow().getName();
  }

  @Test
  void jsonTellsWhatEachPartitionBrought() throws IOException {
    send("00:10", "00:50", "01:20");
    var loaded = json(load("02:10", "--json"));
    assertThat(loaded.get("commit").asLong()).isEqualTo(1);
    assertThat(loaded.at("/partitions/0/topic").asText()).isEqualTo(topic);
    assertThat(loaded.at("/partitions/0/start").asLong()).isZero();
    assertThat(loaded.at("/partitions/0/end").asLong()).isEqualTo(3);
    assertThat(loaded.at("/partitions/0/counts")).isEqualTo(loaded.get("total"));
    assertThat(loaded.get("total").toString())
        .isEqualTo(
            "{\"events\":3,\"late\":0,\"rejected\":0,\"tombstones\":0,\"filtered\":0,\"added\":0,\"gaps\":0}");
    assertThat(loaded.get("hoursSealed").asLong()).isEqualTo(2);
    assertThat(loaded.get("sealedThrough").asText()).isEqualTo("2019-10-01T02:00:00Z");
    assertThat(loaded.get("lost")).isEmpty();
    assertThat(loaded.get("warnings")).isEmpty();

    assertThat(json(load("02:10", "--json")).get("commit").asLong()).isZero();
    send("00:30", "02:30");
    var plan = json(load("02:40", "--dry-run", "--json"));
    assertThat(plan.at("/partitions/0/start").asLong()).isEqualTo(3);
    assertThat(plan.at("/partitions/0/end").asLong()).isEqualTo(5);
    assertThat(json(load("02:40", "--json")).at("/total/late").asLong()).isEqualTo(1);
    var folded = json(succeed("load", "--warehouse=" + shop, "--fold-late", "--json"));
    assertThat(folded.toString()).isEqualTo("{\"events\":1,\"hours\":1,\"hoursSealed\":0}");
  }

  @Test
  void liveTablesFollowTheLoadAndAreSwitchedByThePipeline() throws IOException {
    succeed(
        "publish",
        "--bootstrap-servers=" + broker.bootstrapServers(),
        "--topic=" + topic,
        "--events=2000",
        "--days=1");
    var push = "-Dclickmill.push=live_sales=" + topic + "-live";
    var servers = "-Dclickmill.push.bootstrap-servers=";
    var away = CommandRun.of(line(shop, topic, "23:30", "--live", push, servers + "localhost:1"));
    assertThat(away.exitCode()).as(away.err()).isZero();
    assertThat(away.err())
        .contains("Live tables stand at commit 1: ")
        .contains("The topic of live_sales to topic " + topic + "-live is 1 versions behind");
    var live = succeed("live", "--warehouse=" + shop, push, servers + broker.bootstrapServers());
    assertThat(live.out()).isEqualTo("Live tables stand at commit 1; no live day has changed.\n");
    assertThat(live.err()).contains("Pushed live_sales to topic " + topic + "-live: ");
    assertThat(json(succeed("show", "live_sales", "--warehouse=" + shop, "--json"))).isNotEmpty();

    succeed(
        "load",
        "--warehouse=" + shop,
        "--bootstrap-servers=" + broker.bootstrapServers(),
        "--mapping=clickmill",
        "--as-of=2019-10-02T01:00:00Z",
        "--live");
    var summary =
        json(succeed("show", "live_summary", "--warehouse=" + shop, "--json", "--limit=0"));
    long events = 0;
    for (var row : summary) {
      events += row.get("events").asLong();
    }
    assertThat(events).isPositive();
    var piped =
        succeed("pipeline", "--warehouse=" + shop, push, servers + broker.bootstrapServers());
    assertThat(piped.out()).contains("live_sales to topic " + topic + "-live");
    assertThat(json(succeed("show", "live_summary", "--warehouse=" + shop, "--json"))).isEmpty();
    assertThat(json(succeed("show", "events_daily", "--warehouse=" + shop, "--json", "--limit=0")))
        .hasSize(Math.toIntExact(events));
  }

  @Test
  void liveTablesThatFailEndALoadButNotOneThatFollows() throws Exception {
    send("00:10");
    Files.createDirectories(shop.resolve("_live/states"));
    Files.writeString(shop.resolve("_live/states/0000000001.json"), "{");
    var once = CommandRun.of(line(shop, topic, "00:50", "--live"));
    assertThat(once.exitCode()).isEqualTo(1);
    assertThat(once.out()).contains("Commit 1: ");
    assertThat(once.err()).contains("Invalid state of the live tables: ");

    var out = new StringWriter();
    var err = new StringWriter();
    var follow =
        line(shop, topic, "00:50", "--live", "--follow", "-Dclickmill.load.follow-seconds=1");
    var loader = start(out, err, follow);
    try {
      await(err, "warning: Live tables are behind, loading goes on: Invalid state of the live");
      send("00:20");
      await(out, "Commit 2: ");
    } finally {
      loader.interrupt();
      loader.join();
    }
  }

  @Test
  void liveTablesAreRegisteredInTheMetastore() throws IOException {
    send("00:10", "00:20");
    var address = "thrift://in-memory:9083";
    var jar = InMemoryConnector.writeJar(folder.resolve("metastore.jar"));
    var uris = "-Dclickmill.metastore.uris=" + address;
    var client = "-Dclickmill.metastore.jar=" + jar;
    var loaded = succeed(line(shop, topic, "00:50", "--live", uris, client));
    assertThat(loaded.err()).contains("Metastore: ");
    assertThat(InMemoryConnector.partitions(address))
        .containsEntry("live_sales", Set.of("dt=2019-10-01"))
        .containsEntry("live_summary", Set.of("dt=2019-10-01"));
    assertThat(SmallShop.warehouse(shop).registrations().pending()).isEmpty();

    send("00:30");
    succeed(line(shop, topic, "00:50"));
    succeed("live", "--warehouse=" + shop, uris, client);
    assertThat(SmallShop.warehouse(shop).registrations().pending()).isEmpty();
  }

  @Test
  void schemaThatIsRefusedKeepsNothingFromBeingLoaded() throws Exception {
    send("00:10");
    var registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          byte[] answer = "{\"error_code\": 409, \"message\": \"incompatible\"}".getBytes(UTF_8);
          exchange.sendResponseHeaders(409, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    registry.start();
    var err = new StringWriter();
    var out = new StringWriter();
    var follow =
        line(
            shop,
            topic,
            "00:50",
            "--live",
            "--follow",
            "-Dclickmill.load.follow-seconds=1",
            "-Dclickmill.push=live_sales=" + topic + "-live",
            "-Dclickmill.push.bootstrap-servers=" + broker.bootstrapServers(),
            "-Dclickmill.push.schema-registry=http://localhost:" + registry.getAddress().getPort());
    var loader = start(out, err, follow);
    try {
      await(err, "warning: Topics of live tables are behind, loading goes on: Cannot write http");
      await(err, "the registry refuses it (HTTP 409): incompatible");
      send("00:20");
      await(err, "Live tables stand at commit 2: 1 events read");
    } finally {
      loader.interrupt();
      loader.join();
      registry.stop(0);
    }
  }

  private static Thread start(StringWriter out, StringWriter err, String... line) {
    var loader =
        new Thread(
            () ->
                Clickmill.commandLine()
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .execute(line));
    loader.start();
    return loader;
  }

  @Test
  void liveTablesFollowALoadIntoHdfs(Configuration hdfs) throws Exception {
    var warehouse = hdfs.get("fs.defaultFS") + "/" + topic;
    var push =
        new String[] {
          "-Dclickmill.push=live_summary=" + topic + "-live",
          "-Dclickmill.push.bootstrap-servers=" + broker.bootstrapServers()
        };
    var follow =
        List.of(
            "load",
            "--warehouse=" + warehouse,
            "--bootstrap-servers=" + broker.bootstrapServers(),
            "--topic=" + topic,
            "--mapping=clickmill",
            "--start=earliest",
            "--as-of=2019-10-01T00:50:00Z",
            "--follow",
            "--live",
            "-Dclickmill.load.follow-seconds=1",
            push[0],
            push[1]);
    send("00:10", "00:20");
    var out = new StringWriter();
    var err = new StringWriter();
    var loader = start(out, err, follow.toArray(String[]::new));
    try {
      await(err, "Live tables stand at commit 1: 2 events read, 0 duplicates dropped, 2 buckets");
      await(err, "Pushed live_summary to topic " + topic + "-live: 2 rows");
      send("00:21", "00:22", "00:30");
      await(err, "Live tables stand at commit 2: 3 events read, 0 duplicates dropped, 2 buckets");
      await(err, "Pushed live_summary to topic " + topic + "-live: 2 rows and tombstones", 2);
    } finally {
      loader.interrupt();
      loader.join();
    }
    assertThat(err.toString()).doesNotContain("Live tables are behind");
    var summary =
        json(succeed("show", "live_summary", "--warehouse=" + warehouse, "--json", "--limit=0"));
    assertThat(summary).hasSize(3);
    assertThat(summary.get(1).get("events").asLong()).isEqualTo(3);
  }

  private static void await(StringWriter output, String text, int times)
      throws InterruptedException {
    for (int pauses = 0; pauses < 1200 && count(output, text) < times; pauses++) {
      Thread.sleep(50);
    }
    assertThat(count(output, text)).as(output.toString()).isGreaterThanOrEqualTo(times);
  }

  private static int count(StringWriter output, String text) {
    return output.toString().split(Pattern.quote(text), -1).length - 1;
  }

  private static void await(StringWriter output, String text) throws InterruptedException {
    for (int pauses = 0; pauses < 1200 && !output.toString().contains(text); pauses++) {
      Thread.sleep(50);
    }
    assertThat(output.toString()).contains(text);
  }

  @Test
  void avroGivesTheRowsThatJsonGives() throws IOException {
    var schema = Files.writeString(folder.resolve("e.avsc"), Event.getClassSchema().toString());
    for (var format : List.of("json", "avro")) {
      succeed(
          "publish",
          "--bootstrap-servers=" + broker.bootstrapServers(),
          "--topic=" + topic + "-" + format,
          "--format=" + format,
          "--events=500",
          "--days=1");
    }
    succeed(line(folder.resolve("json"), topic + "-json", "23:00"));
    succeed(line(folder.resolve("avro"), topic + "-avro", "23:00", "--avro-schema=" + schema));
    var rows = SmallShop.rows(SmallShop.warehouse(folder.resolve("avro")));
    assertThat(rows)
        .hasSize(22)
        .isEqualTo(SmallShop.rows(SmallShop.warehouse(folder.resolve("json"))));
  }

  @Test
  void schemasAreFoundInAFolderByTheIdsInTheValues() throws Exception {
    var schemas = Files.createDirectories(folder.resolve("schemas"));
    Files.writeString(schemas.resolve("7.avsc"), CLICK.toString());
    var mapping = folder.resolve("clicks.yaml");
    Files.writeString(mapping, "fields: {event_time: at, event_type: kind}\n");
    try (var topics = new Topics(broker.bootstrapServers())) {
      topics.create(topic, 1);
      topics.send(topic, 0, click(7, "2019-10-01T00:10:00Z"));
      topics.send(topic, 0, click(7, "2019-10-01T00:20:00Z"));
      topics.send(topic, 0, click(9, "2019-10-01T00:30:00Z"));
    }
    var options =
        new String[] {
          "--mapping=" + mapping,
          "--schema-registry=" + schemas,
          "-Dclickmill.input.max-reject-ratio=0.5"
        };
    var run = CommandRun.of(line(shop, topic, "00:40", options));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("Commit 1: 3 records = 2 events + 0 late + 1 rejected + 0 without a value;");
    assertThat(run.err())
        .startsWith("clickmill load: warning: ")
        .contains(topic + "-0, offset 2: schema 9: ");
  }

  /** A value as Confluent's serializer writes it. */
  private static byte[] click(int schemaId, String time) throws IOException {
    var click = new GenericData.Record(CLICK);
    click.put("at", Instant.parse(time).toEpochMilli());
    click.put("kind", "view");
    var bytes = new ByteArrayOutputStream();
    bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericData.Record>(CLICK).write(click, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  @Test
  void damagedOrMissingCommitIsRefusedUntilItIsBroughtBack() throws IOException {
    send("00:10");
    succeed(line(shop, topic, "00:20"));
    send("00:20");
    succeed(line(shop, topic, "00:30"));
    send("00:30");
    var first = shop.resolve("_loader/commits/0000000001.json");
    var second = shop.resolve("_loader/commits/0000000002.json");
    byte[] whole = Files.readAllBytes(second);
    for (byte[] damaged :
        List.of(withAnotherOffset(whole), Arrays.copyOf(whole, whole.length / 2), new byte[0])) {
      Files.write(second, damaged);
      assertRefused("Invalid commit: ", second);
    }
    Files.delete(second);
    assertRefused("Missing commit: ", second);
    Files.write(second, whole);
    Files.move(first, folder.resolve("away.json"));
    assertRefused("Missing commit: ", first);
    Files.move(folder.resolve("away.json"), first);
    assertThat(load("00:40").out()).startsWith("Commit 3: 1 records = 1 events ");
  }

  /** One bit of a number is another, and the JSON is still JSON. */
  private static byte[] withAnotherOffset(byte[] commit) {
    var text = new String(commit, StandardCharsets.UTF_8);
    assertThat(text).contains("\"end\" : 2");
    return text.replace("\"end\" : 2", "\"end\" : 3").getBytes(StandardCharsets.UTF_8);
  }

  private void assertRefused(String message, Path commit) {
    for (var command :
        List.of(
            line(shop, topic, "00:40"),
            new String[] {"load", "--warehouse=" + shop, "--fold-late"},
            new String[] {"status", "--warehouse=" + shop})) {
      var run = CommandRun.of(command);
      assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
      assertThat(run.err())
          .startsWith("clickmill " + command[0] + ": " + message)
          .contains(commit.toString())
          .endsWith(
              " Without it, it is unknown which records are in the warehouse. Bring the file back"
                  + " from a backup or a snapshot; nothing was loaded.\n");
    }
  }

  @Test
  void followLoadsAgainAndAgainUntilItIsInterrupted() throws Exception {
    send("00:10");
    try (var jar = new JobJar(folder.resolve("processes"))) {
      var follow =
          jar.embedded(line(shop, topic, "00:50", "--follow", "-Dclickmill.load.follow-seconds=1"));
      awaitText(follow, "Commit 1: 1 records = 1 events");
      send("00:20", "00:30");
      awaitText(follow, "Commit 2: 2 records = 2 events");
      // As SIGTERM.
      follow.process().destroy();
      var run = follow.finish();
      assertThat(run.exitCode()).isEqualTo(143);
      assertThat(run.err()).isEmpty();
    }
    assertThat(folder.resolve("processes/tmp")).isEmptyDirectory();
    assertThat(shop.resolve("_staging")).isEmptyDirectory();
    assertThat(load("00:50").out()).startsWith("Nothing to do: ");
    assertThat(load("01:10").out()).contains("1 hours sealed, all before 2019-10-01T01:00:00Z.");
  }

  private static void awaitText(JobJar.Running running, String text)
      throws IOException, InterruptedException {
    while (!Files.readString(running.out()).contains(text)) {
      assertThat(running.process().isAlive()).as(Files.readString(running.err())).isTrue();
      Thread.sleep(50);
    }
  }

  @Test
  void importLeavesTheHoursAloneThatTheLoaderWillSeal() throws IOException {
    send("00:10");
    succeed(line(shop, topic, "02:10"));
    assertThat(importEvents("01:59").exitCode()).isZero();
    for (var time : List.of("02:00", "05:00")) {
      var run = importEvents(time);
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err())
          .startsWith(
              "clickmill import: Cannot import into events/dt=2019-10-01/hr="
                  + time.substring(0, 2)
                  + ", which begins with ")
          .contains("hours from 2019-10-01T02:00:00Z on are not sealed yet");
    }
    assertThat(shop.resolve("events/dt=2019-10-01/hr=02")).doesNotExist();
    send("02:30");
    succeed(line(shop, topic, "03:10"));
    assertThat(SmallShop.rows(SmallShop.warehouse(shop))).hasSize(3);
  }

  private CommandRun importEvents(String time) throws IOException {
    return CommandRun.of(
        "import",
        "--input=" + eventFile("import-" + time.replace(":", ""), time),
        "--mapping=clickmill",
        "--warehouse=" + shop);
  }

  @Test
  void whatIsWrongWithKafkaIsSaid() throws IOException {
    send("00:10");
    assertFails(
        3,
        "Cannot reach Kafka at localhost:1: no answer in time",
        "--bootstrap-servers=localhost:1",
        "-Dclickmill.load.connect-seconds=2");
    assertFails(
        2,
        "Invalid address or client properties of Kafka at no-such-host.invalid:9092: ",
        "--bootstrap-servers=no-such-host.invalid:9092");
    assertFails(
        2,
        "Missing topic: 'nowhere' is not at " + broker.bootstrapServers() + ". Topics that are: ",
        "--bootstrap-servers=" + broker.bootstrapServers(),
        "--topic=nowhere");
    assertThat(shop.resolve("_loader")).doesNotExist();
  }

  private void assertFails(int exitCode, String message, String... options) {
    var line = new ArrayList<>(List.of("load", "--warehouse=" + shop, "--mapping=clickmill"));
    line.addAll(List.of(options));
    if (line.stream().noneMatch(option -> option.startsWith("--topic"))) {
      line.add("--topic=" + topic);
    }
    var run = CommandRun.of(line.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.err()).startsWith("clickmill load: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--topic=t ; Missing mapping: name one with --mapping NAME|FILE",
        "--mapping=clickmill ; Missing topics: name them with --topic a,b",
        "--topic=t --mapping=clickmill --as-of=noon ; Invalid time: --as-of 'noon' (expected one"
            + " like 2019-10-01T00:00:00Z)",
        "--topic=t --mapping=clickmill --start=noon ; Invalid start: 'noon' (expected earliest,"
            + " latest, or a time like 2019-10-01T00:00:00Z)",
        "--topic=t --mapping=clickmill --avro-schema=a --schema-registry=b ; Cannot use"
            + " --avro-schema and --schema-registry together: values have one schema, or name it by"
            + " an id",
        "--topic=t --mapping=clickmill --schema-registry=nowhere ; Missing schemas: nowhere is"
            + " neither a folder nor a registry's address"
      })
  void wrongUsageIsNamed(String options, String message) {
    var line = new ArrayList<>(List.of("load", "--warehouse=" + shop));
    line.add("--bootstrap-servers=" + broker.bootstrapServers());
    line.addAll(List.of(options.split(" ")));
    var run = CommandRun.of(line.toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("clickmill load: " + message + "\n");
  }

  /** Sends events of some times of the first of October. */
  private void send(String... times) throws IOException {
    succeed(
        "publish",
        "--bootstrap-servers=" + broker.bootstrapServers(),
        "--topic=" + topic,
        "--input=" + eventFile("sent", times),
        "--mapping=clickmill");
  }

  private Path eventFile(String name, String... times) throws IOException {
    var lines = new ArrayList<>(List.of("event_time,event_type,visitor_id"));
    for (var time : times) {
      lines.add("2019-10-01T" + time + ":00Z,view,v1");
    }
    return Files.write(folder.resolve(name + ".csv"), lines);
  }

  private CommandRun load(String asOf, String... options) {
    return succeed(line(shop, topic, asOf, options));
  }

  private String[] line(Path warehouse, String from, String asOf, String... options) {
    var line =
        new ArrayList<>(
            List.of(
                "load",
                "--warehouse=" + warehouse,
                "--bootstrap-servers=" + broker.bootstrapServers(),
                "--topic=" + from,
                "--start=earliest",
                "--as-of=2019-10-01T" + asOf + ":00Z"));
    line.addAll(List.of(options));
    if (line.stream().noneMatch(option -> option.startsWith("--mapping"))) {
      line.add("--mapping=clickmill");
    }
    return line.toArray(String[]::new);
  }

  private static CommandRun succeed(String... line) {
    var run = CommandRun.of(line);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }
}
