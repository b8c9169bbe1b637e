package org.clickmill.jobs.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.table.Row;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.load.LoadOptions;
import org.clickmill.jobs.load.LoadSettings;
import org.clickmill.jobs.load.Loader;
import org.clickmill.jobs.load.StartAt;
import org.clickmill.jobs.load.Topics;
import org.clickmill.jobs.load.ValueFormat;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real broker. */
@TestInstance(Lifecycle.PER_CLASS)
class PushTest {
  private static final LocalDate DAY = LocalDate.of(2024, 3, 1);

  private KafkaBroker broker;
  private KafkaClient client;
  private PushedShop shop;
  private String topic;

  /** A process that ends at once: nothing is taken back. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    broker = KafkaBroker.start(Path.of(System.getProperty("clickmill.kafka")), folder);
    client = new KafkaClient(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  @BeforeEach
  void open(@TempDir Path folder, TestInfo test) throws IOException {
    shop = new PushedShop(folder, client);
    topic = test.getTestMethod().orElseThrow().getName();
  }

  @Test
  void rowsAreJsonObjectsWithTheTableThePartitionAndTheVersion()
      throws IOException, InterruptedException {
    shop.publishRows(DAY, List.of(fullRow(), emptyRow()));
    var outcome = shop.push(topic);
    assertThat(outcome.pushed()).isEqualTo(1);
    assertThat(outcome.rows()).isEqualTo(2);
    var records = shop.records(topic);
    assertThat(records.stream().map(record -> text(record.key())))
        .containsExactlyInAnyOrder(
            "{\"_table\":\"pushed_products\",\"dt\":\"2024-03-01\",\"product_id\":\"a\\\"é\"}",
            "{\"_table\":\"pushed_products\",\"dt\":\"2024-03-01\",\"product_id\":\"b\"}");
    assertThat(records.stream().map(record -> text(record.value())))
        .containsExactlyInAnyOrder(
            "{\"_table\":\"pushed_products\",\"_partition\":\"dt=2024-03-01\",\"_version\":1,"
                + "\"dt\":\"2024-03-01\",\"product_id\":\"a\\\"é\",\"hour\":7,\"units\":-12,"
                + "\"revenue\":99999999999999.9999,\"share\":0.1,\"rating\":0.1,\"is_new\":true,"
                + "\"last_time\":\"2024-03-01T23:59:59.999Z\",\"first_day\":\"1969-12-31\","
                + "\"sketch\":\"AP8=\"}",
            "{\"_table\":\"pushed_products\",\"_partition\":\"dt=2024-03-01\",\"_version\":1,"
                + "\"dt\":\"2024-03-01\",\"product_id\":\"b\",\"hour\":0,\"units\":0,"
                + "\"revenue\":null,\"share\":null,\"rating\":null,\"is_new\":false,"
                + "\"last_time\":null,\"first_day\":null,\"sketch\":null}");
    var headers = PushHeaders.read(records.get(0).headers(), "pushed_products".getBytes(UTF_8));
    assertThat(headers.partition()).isEqualTo("dt=2024-03-01");
    assertThat(headers.version()).isEqualTo(1);
  }

  @Test
  void onlyChangedRowsAreSentAndKeysThatAreGoneAreDeleted()
      throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1, "b", 2, "c", 3));
    shop.publish(DAY.plusDays(1), Map.of("a", 1, "b", 2));
    shop.push(topic);
    shop.publish(DAY, Map.of("a", 1, "b", 20, "d", 4));
    var outcome = shop.push(topic);
    assertThat(outcome.pushed()).isEqualTo(1);
    assertThat(outcome.fresh()).isEqualTo(1);
    assertThat(outcome.rows()).isEqualTo(2);
    assertThat(outcome.tombstones()).isEqualTo(1);
    assertThat(outcome.unchanged()).isEqualTo(1);
    assertThat(state()).isEqualTo(Map.of("1/a", 1, "1/b", 20, "1/d", 4, "2/a", 1, "2/b", 2));
    var deleted =
        shop.records(topic).stream().filter(record -> record.value() == null).findFirst().get();
    assertThat(text(deleted.key())).contains("\"product_id\":\"c\"");
    assertThat(PushHeaders.read(deleted.headers(), "pushed_products".getBytes(UTF_8)).version())
        .isEqualTo(2);
    // A key that comes back is sent, and what the trash has lost is no matter.
    shop.local.warehouse().disk().delete(path("_trash"));
    shop.publish(DAY, Map.of("a", 1, "b", 20, "c", 3));
    assertThat(shop.push(topic).rows()).isEqualTo(1);
    assertThat(state()).isEqualTo(Map.of("1/a", 1, "1/b", 20, "1/c", 3, "2/a", 1, "2/b", 2));
    assertEachVersionOnce();
  }

  @Test
  void rerunSendsNothing() throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1));
    shop.publish(LocalDate.of(2023, 12, 31), Map.of("a", 1));
    shop.push(topic);
    var outcome = shop.push(topic);
    assertThat(outcome.pushed()).isZero();
    assertThat(outcome.fresh()).isEqualTo(2);
    assertThat(shop.records(topic)).hasSize(2);
    assertThat(shop.of(new Push.Options(topic, null, false), step -> {}).plan(null, null).stale())
        .isEmpty();
  }

  @Test
  void versionsThatKafkaHasForgottenAreReadBack()
      throws IOException, InterruptedException, ExecutionException {
    shop.publish(DAY, Map.of("a", 1, "b", 2));
    shop.publish(DAY.minusYears(1), Map.of("a", 5));
    shop.push(topic);
    var group = "clickmill.push." + topic + ".pushed_products.2024";
    try (var admin = Admin.create(client.with(Map.of()))) {
      for (int i = 0; i < 2; i++) {
        admin.deleteConsumerGroups(List.of(group)).all().get();
        var outcome = shop.push(topic);
        assertThat(outcome.pushed()).isZero();
      }
    }
    assertThat(shop.records(topic)).hasSize(3);
    shop.publish(DAY, Map.of("a", 1));
    assertThat(shop.push(topic).tombstones()).isEqualTo(1);
    assertThat(shop.records(topic)).hasSize(4);
  }

  @Test
  void wholePartitionsAreSentWhereThatIsAskedFor() throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1, "b", 2));
    shop.push(topic);
    var whole = shop.of(new Push.Options(topic, null, true), step -> {}).run(DAY, DAY);
    assertThat(whole.rows()).isEqualTo(2);
    assertThat(whole.tombstones()).isZero();
    assertThat(shop.records(topic)).hasSize(4);
  }

  @Test
  void whatHasChangedIsFoundInTheTrashAsLongAsItIsThere() throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1, "b", 2, "c", 3));
    shop.push(topic);
    shop.publish(DAY, Map.of("a", 1, "b", 20, "d", 4));
    var fromTrash = shop.push(topic);
    assertThat(fromTrash.recordsRead()).isZero();
    assertThat(fromTrash.rowsRead()).isEqualTo(6);
    assertThat(fromTrash.tombstones()).isEqualTo(1);
    shop.publish(DAY, Map.of("a", 1, "b", 20));
    // The topic holds the version before this one.
    shop.publish(DAY, Map.of("b", 20, "c", 3));
    assertThat(shop.push(topic).recordsRead()).isZero();
    assertThat(state()).isEqualTo(Map.of("1/b", 20, "1/c", 3));
    assertEachVersionOnce();

    shop.publish(DAY, Map.of("b", 21, "c", 3));
    shop.local.warehouse().disk().delete(path("_trash"));
    assertThat(shop.push(topic).recordsRead())
        .isGreaterThanOrEqualTo(shop.records(topic).size() - 1);
    assertThat(state()).isEqualTo(Map.of("1/b", 21, "1/c", 3));
    assertEachVersionOnce();
  }

  @Test
  void topicIsReadWhereTheVersionInTheTrashIsDamaged() throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1, "b", 2, "c", 3));
    shop.push(topic);
    shop.publish(DAY, Map.of("a", 1, "b", 20));
    var revision = path("_trash/pushed_products/dt=2024-03-01/r1");
    for (var status : shop.local.warehouse().disk().list(revision)) {
      if (status.getPath().getName().startsWith("part-")) {
        Files.write(Path.of(status.getPath().toUri().getPath()), new byte[100]);
      }
    }
    var outcome = shop.push(topic);
    assertThat(outcome.recordsRead()).isPositive();
    assertThat(outcome.rows()).isEqualTo(1);
    assertThat(outcome.tombstones()).isEqualTo(1);
    assertThat(state()).isEqualTo(Map.of("1/a", 1, "1/b", 20));
    assertEachVersionOnce();
  }

  @Test
  void topicIsReadWhereItsVersionIsOneOfAnotherWarehouse(@TempDir Path folder)
      throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1, "b", 2));
    shop.push(topic);
    var anew = new PushedShop(folder, client);
    anew.publish(DAY, Map.of("a", 7, "c", 3));
    anew.publish(DAY, Map.of("a", 7, "c", 4));
    var outcome = anew.push(topic);
    assertThat(outcome.recordsRead()).isPositive();
    assertThat(outcome.rows()).isEqualTo(2);
    assertThat(outcome.tombstones()).isEqualTo(1);
    assertThat(state()).isEqualTo(Map.of("1/a", 7, "1/c", 4));
  }

  @Test
  void rowsThatAreKnownToBeTheSameAreNotCompared() throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1, "b", 2, "c", 3));
    shop.push(topic);
    shop.publish(DAY, Map.of("a", 1, "b", 20, "c", 30));
    var push = shop.of(new Push.Options(topic, null, false), step -> {});
    ChangedRows changed =
        (before, now) -> {
          assertThat(before.version()).isEqualTo(1);
          assertThat(now.version()).isEqualTo(2);
          return Optional.of(row -> row.text("product_id").equals("b"));
        };
    var outcome = push.run(null, null, changed);
    assertThat(outcome.rows()).isEqualTo(1);
    assertThat(outcome.unchanged()).isEqualTo(2);
    assertThat(outcome.tombstones()).isZero();
    assertThat(state()).isEqualTo(Map.of("1/a", 1, "1/b", 20, "1/c", 3));
  }

  @Test
  void cacheOfAnOlderSuiteIsRead() throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1));
    shop.push(topic);
    var cache = path("_push/" + topic + "/pushed_products.json");
    shop.local.warehouse().disk().write(cache, "{\"2024-03-01\": 1}".getBytes(UTF_8));
    shop.publish(DAY, Map.of("a", 2));
    assertThat(shop.of(new Push.Options(topic, null, false), step -> {}).lastKnownPlan().behind())
        .isEqualTo(1);
    assertThat(shop.push(topic).recordsRead()).isPositive();
    assertThat(state()).isEqualTo(Map.of("1/a", 2));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void partitionWithMoreKeysThanFitIsComparedInPasses(boolean hasTrash)
      throws IOException, InterruptedException {
    topic += hasTrash;
    shop.local.set(PushSettings.KEYS_IN_MEMORY.name(), 70);
    var units = new HashMap<String, Integer>();
    for (int i = 0; i < 200; i++) {
      units.put("p" + i, i);
    }
    shop.publish(DAY, units);
    shop.push(topic);
    units.keySet().removeIf(product -> product.endsWith("7"));
    units.replaceAll((product, count) -> product.endsWith("3") ? -count : count);
    units.put("new", 1);
    shop.publish(DAY, units);
    if (!hasTrash) {
      shop.local.warehouse().disk().delete(path("_trash"));
    }
    var outcome = shop.push(topic);
    assertThat(outcome.recordsRead() == 0).isEqualTo(hasTrash);
    assertThat(outcome.rows()).isEqualTo(21);
    assertThat(outcome.tombstones()).isEqualTo(20);
    assertThat(outcome.unchanged()).isEqualTo(160);
    var expected = new TreeMap<String, Integer>();
    units.forEach((product, count) -> expected.put("1/" + product, count));
    assertThat(state()).isEqualTo(expected);
    assertEachVersionOnce();
  }

  @Test
  void killAtAnyStepLeavesEachKeyOfAVersionOnce() throws IOException, InterruptedException {
    long seed = Long.getLong("clickmill.test.seed", System.nanoTime());
    System.out.println("PushTest seed " + seed);
    var random = new Random(seed);
    int offset = random.nextInt(PushStep.values().length);
    var days = List.of(DAY, DAY.plusDays(1));
    var expected = new HashMap<LocalDate, Map<String, Integer>>();
    // More of them, and real kills, are in drivers/src/test/soak/push-soak.
    for (int round = 0; round < 6; round++) {
      for (var day : days) {
        var units = new HashMap<String, Integer>();
        for (int i = random.nextInt(6); i >= 0; i--) {
          units.put("p" + random.nextInt(8), random.nextInt(3));
        }
        expected.put(day, units);
        shop.publish(day, units);
      }
      var kill = PushStep.values()[(round + offset) % PushStep.values().length];
      var left = new AtomicInteger(kill == PushStep.SENT ? random.nextInt(4) : random.nextInt(2));
      try {
        shop.push(
            topic,
            step -> {
              if (step == kill && left.getAndDecrement() == 0) {
                throw new Killed();
              }
            });
      } catch (Killed e) {
        // As it was meant.
      }
      if (random.nextBoolean()) {
        shop.push(topic);
      }
    }
    shop.push(topic);
    var units = new TreeMap<String, Integer>();
    expected.forEach(
        (day, products) ->
            products.forEach(
                (product, count) -> units.put(day.getDayOfMonth() + "/" + product, count)));
    assertThat(state()).as("seed %d", seed).isEqualTo(units);
    assertEachVersionOnce();
    assertThat(shop.push(topic).pushed()).isZero();
  }

  @Test
  void pushIsFencedByTheNextOne() throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1, "b", 2));
    var second = new ArrayList<PushOutcome>();
    assertFails(
        () ->
            shop.push(
                topic,
                step -> {
                  if (step == PushStep.ALL_SENT) {
                    second.add(pushUnchecked());
                  }
                }),
        Failure.HELD,
        "Cannot push pushed_products to topic "
            + topic
            + ": another push of it has begun since; what this one had not committed is not in the"
            + " topic");
    assertThat(second).extracting(PushOutcome::rows).containsExactly(2L);
    assertThat(shop.records(topic)).hasSize(2);
    assertThat(shop.push(topic).pushed()).isZero();
  }

  @Test
  void partitionThatIsPublishedMeanwhileIsPushedInItsNewVersion()
      throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1, "b", 2));
    var times = new AtomicInteger();
    shop.push(
        topic,
        step -> {
          if (step == PushStep.ALL_SENT && times.getAndIncrement() == 0) {
            publishUnchecked(Map.of("a", 10));
          }
        });
    assertThat(times).hasValue(2);
    assertThat(state()).isEqualTo(Map.of("1/a", 10));
    assertThat(shop.records(topic)).hasSize(1);
  }

  @Test
  void partitionThatLosesRowsWhileTheyAreSentIsPushedInItsNewVersion()
      throws IOException, InterruptedException {
    shop.local.set(PushSettings.KEYS_IN_MEMORY.name(), 2);
    shop.publish(DAY, Map.of("a", 1, "b", 2, "c", 3, "d", 4, "e", 5, "f", 6));
    shop.push(topic);
    shop.publish(DAY, Map.of("a", 10, "b", 20, "c", 30, "d", 40, "e", 50, "f", 60));
    // Records lie in the producer when the transaction is taken back.
    var lingering = new KafkaClient(client.properties()).withDefaults(Map.of("linger.ms", "60000"));
    var options = new Push.Options(topic, null, false);
    var times = new AtomicInteger();
    var push =
        new Push(
            shop.local.run(),
            lingering,
            PushedShop.TABLE,
            options,
            step -> {
              if (step == PushStep.SENT && times.getAndIncrement() == 0) {
                publishUnchecked(Map.of("a", 100, "b", 200, "c", 300));
              }
            });
    assertThat(push.run(null, null).pushed()).isEqualTo(1);
    assertThat(state()).isEqualTo(Map.of("1/a", 100, "1/b", 200, "1/c", 300));
  }

  @Test
  void monthIsPushedByAnyOfItsDays() throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1));
    shop.publish(DAY.plusMonths(1), Map.of("a", 1));
    var daily = PushedShop.TABLE;
    var monthly =
        new PushTable(daily.dataset(), daily.schema(), Grain.MONTH, daily.key(), daily.personal());
    var options = new Push.Options(topic, null, false);
    var push = new Push(shop.local.run(), client, monthly, options);
    var plan = push.plan(LocalDate.of(2024, 3, 25), LocalDate.of(2024, 3, 31));
    assertThat(plan.partitions())
        .extracting(PushPlan.Part::partition)
        .containsExactly("dt=2024-03-01");
  }

  @Test
  void cacheThatCannotBeWrittenIsAWarning() throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1));
    var cache = path("_push/" + topic + "/pushed_products.json");
    shop.local.warehouse().disk().makeFolder(cache);
    assertThat(shop.push(topic).warnings())
        .singleElement()
        .asString()
        .startsWith(
            "Cannot write " + cache + ", which says how far topic " + topic + " is behind when")
        .contains("; what was pushed is in the topic: ");
    assertThat(state()).isEqualTo(Map.of("1/a", 1));
  }

  @Test
  void offsetsAreRenewedThoughNothingIsStale() throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1));
    shop.push(topic);
    var steps = new ArrayList<PushStep>();
    shop.push(topic, steps::add);
    assertThat(steps).containsExactly(PushStep.STARTED, PushStep.VERSION_SENT);
    assertThat(shop.records(topic)).hasSize(1);
  }

  @Test
  void passwordInTheAddressOfTheRegistryIsNotShown() throws IOException {
    shop.publish(DAY, Map.of("a", 1));
    var options = new Push.Options(topic, "http://user:s^cret@registry:8081", false);
    assertFails(
        () -> shop.of(options, step -> {}).run(null, null),
        Failure.USAGE,
        "Invalid address of a schema registry: it holds a password, which others could see; put"
            + " basic.auth.user.info into the client properties");
  }

  @Test
  void tablesOfASchemaAreRegisteredUnderNamesOfTheirOwn() {
    var brands =
        new PushTable("sales_by_brand", PushedShop.SCHEMA, Grain.DAY, Optional.empty(), List.of());
    assertThat(RowAvro.schema(brands).getFullName())
        .isEqualTo("org.clickmill.jobs.push.SalesByBrand");
    assertThat(RowAvro.schema(PushedShop.TABLE).getFullName())
        .isEqualTo(PushedShop.SCHEMA.avro().getFullName());
  }

  @Test
  void valuesAreAvroOfARegisteredSchema() throws IOException, InterruptedException {
    shop.publishRows(DAY, List.of(fullRow(), emptyRow()));
    var requests = new ArrayList<String>();
    var registry = registry(200, "{\"id\": 77}", requests);
    try {
      var options = new Push.Options(topic, address(registry), false);
      assertThat(shop.of(options, step -> {}).run(null, null).rows()).isEqualTo(2);
      assertThat(requests).hasSize(1);
      assertThat(requests.get(0))
          .startsWith(
              "POST /subjects/"
                  + topic
                  + "-org.clickmill.jobs.push.PushedProducts/versions {\"schema\":\"{");
    } finally {
      registry.stop(0);
    }
    var schema = RowAvro.schema(PushedShop.TABLE);
    var rows = new LinkedHashMap<String, GenericRecord>();
    for (var record : shop.records(topic)) {
      var bytes = ByteBuffer.wrap(record.value());
      assertThat(bytes.get()).isZero();
      assertThat(bytes.getInt()).isEqualTo(77);
      var decoder = DecoderFactory.get().binaryDecoder(record.value(), 5, bytes.remaining(), null);
      var row = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
      rows.put(row.get("product_id").toString(), row);
    }
    var full = rows.get("a\"é");
    assertThat(full.get("_table").toString()).isEqualTo("pushed_products");
    assertThat(full.get("_partition").toString()).isEqualTo("dt=2024-03-01");
    assertThat(full.get("_version")).isEqualTo(1);
    assertThat(full.get("dt").toString()).isEqualTo("2024-03-01");
    assertThat(full.get("units")).isEqualTo(-12L);
    assertThat(Money.fromAvro((ByteBuffer) full.get("revenue")))
        .isEqualTo(999_999_999_999_999_999L);
    assertThat(full.get("share")).isEqualTo(0.1);
    assertThat(full.get("rating")).isEqualTo(0.1f);
    assertThat(full.get("is_new")).isEqualTo(true);
    assertThat(full.get("last_time")).isEqualTo(1_709_337_599_999L);
    assertThat(full.get("first_day")).isEqualTo(-1);
    assertThat(full.get("sketch")).isEqualTo(ByteBuffer.wrap(new byte[] {0, -1}));
    assertThat(rows.get("b").get("revenue")).isNull();
    assertThat(GenericData.get().validate(schema, rows.get("b"))).isTrue();
  }

  @Test
  void schemaThatTheRegistryRefusesIsToldWithItsAnswer() throws IOException {
    shop.publish(DAY, Map.of("a", 1));
    var answer = "{\"error_code\": 409, \"message\": \"Schema being registered is incompatible\"}";
    var registry = registry(409, answer, new ArrayList<>());
    try {
      var options = new Push.Options(topic, address(registry), false);
      assertFails(
          () -> shop.of(options, step -> {}).run(null, null),
          Failure.FAILED,
          "Cannot write "
              + address(registry)
              + "/subjects/"
              + topic
              + "-org.clickmill.jobs.push.PushedProducts/versions: the registry refuses it (HTTP"
              + " 409): Schema being registered is incompatible");
    } finally {
      registry.stop(0);
    }
  }

  @Test
  void tableWithoutKeyIsRefused() {
    var table = new PushTable("log", PushedShop.SCHEMA, Grain.DAY, Optional.empty(), List.of());
    assertFails(
        () -> new Push(shop.local.run(), client, table, new Push.Options(topic, null, false)),
        Failure.USAGE,
        "Cannot push table log: it has no key, so a row could not take the place of its older"
            + " version; choose another table");
  }

  @Test
  void tableWithPersonalDataIsRefusedUnlessItIsAllowed() throws IOException {
    var table =
        new PushTable(
            "people",
            PushedShop.SCHEMA,
            Grain.DAY,
            Optional.of(List.of("product_id")),
            List.of("product_id", "hour"));
    var options = new Push.Options(topic, null, false);
    assertFails(
        () -> new Push(shop.local.run(), client, table, options),
        Failure.USAGE,
        "Cannot push table people: it holds personal data (product_id, hour); whoever may publish"
            + " it adds the table to clickmill.push.allow-personal");
    shop.local.set(PushSettings.ALLOW_PERSONAL.name(), "others,people");
    assertThat(new Push(shop.local.run(), client, table, options)).isNotNull();
  }

  @Test
  void topicThatTheLoaderReadsIsRefused()
      throws IOException, InterruptedException, ExecutionException {
    try (var topics = new Topics(broker.bootstrapServers())) {
      topics.create(topic, 1);
    }
    var load =
        new LoadOptions(
            List.of(topic),
            Mapping.named("clickmill"),
            ValueFormat.JSON,
            StartAt.parse("earliest"),
            null,
            false);
    new Loader(shop.local.run(), client, load).load();
    assertFails(
        () -> shop.push(topic),
        Failure.USAGE,
        "Cannot push to topic "
            + topic
            + ": the loader of this warehouse reads it, and would load what is pushed; choose"
            + " another topic");
  }

  @Test
  void brokerThatIsAwayIsToldOfAndTheTopicIsKnownToBeBehind(@TempDir Path folder)
      throws IOException, InterruptedException {
    shop.publish(DAY, Map.of("a", 1));
    shop.push(topic);
    shop.publish(DAY, Map.of("a", 2));
    shop.publish(DAY, Map.of("a", 3));
    shop.publish(DAY.plusDays(1), Map.of("a", 3));
    var nowhere = new KafkaClient(Map.of("bootstrap.servers", "localhost:1"));
    shop.local.set(LoadSettings.CONNECT_SECONDS.name(), 1);
    var push =
        new Push(shop.local.run(), nowhere, PushedShop.TABLE, new Push.Options(topic, null, false));
    assertFails(
        () -> push.run(null, null),
        Failure.NOT_READY,
        "Cannot use topic " + topic + ": no answer in time (");
    assertThat(push.lastKnownPlan().behind()).isEqualTo(3);
    assertThat(push.lastKnownPlan().stale()).hasSize(2);
    shop.push(topic);
    assertThat(push.lastKnownPlan().behind()).isZero();
  }

  /** The units of products by day of the month and product, as a reader of the topic has them. */
  private Map<String, Integer> state() {
    var rows = new HashMap<String, Integer>();
    for (var record : shop.records(topic)) {
      var key = text(record.key());
      var name =
          Integer.parseInt(key.split("\"dt\":\"2024-03-|\",\"pro")[1])
              + "/"
              + key.split("product_id\":\"|\"}")[1];
      if (record.value() == null) {
        assertThat(rows.remove(name)).isNotNull();
      } else {
        var value = text(record.value());
        rows.put(name, Integer.parseInt(value.split("\"units\":|,\"revenue")[1]));
      }
    }
    return rows;
  }

  private void assertEachVersionOnce() {
    assertThat(shop.records(topic).stream().map(this::keyAndVersion)).doesNotHaveDuplicates();
  }

  private String keyAndVersion(ConsumerRecord<byte[], byte[]> record) {
    var headers = PushHeaders.read(record.headers(), "pushed_products".getBytes(UTF_8));
    return text(record.key()) + headers.version();
  }

  private PushOutcome pushUnchecked() {
    try {
      return shop.push(topic);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void publishUnchecked(Map<String, Integer> units) {
    try {
      shop.publish(DAY, units);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(shop.local.warehouse().root(), name);
  }

  private static void assertFails(ThrowingCallable call, Failure failure, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(failure))
        .hasMessageStartingWith(message);
  }

  private static HttpServer registry(int status, String answer, List<String> requests)
      throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
    return server;
  }

  private static String address(HttpServer registry) {
    return "http://localhost:" + registry.getAddress().getPort();
  }

  private static Row fullRow() {
    var row = new Row(PushedShop.SCHEMA);
    row.clear();
    row.setText(0, "a\"é");
    row.setLong(1, 7);
    row.setLong(2, -12);
    row.setLong(3, 999_999_999_999_999_999L);
    row.setDouble(4, 0.1);
    row.setDouble(5, 0.1);
    row.setBoolean(6, true);
    row.setLong(7, 1_709_337_599_999L);
    row.setLong(8, -1);
    row.setText(9, new byte[] {0, -1}, 0, 2);
    return row;
  }

  private static Row emptyRow() {
    var row = new Row(PushedShop.SCHEMA);
    row.clear();
    row.setText(0, "b");
    row.setLong(1, 0);
    row.setLong(2, 0);
    row.setBoolean(6, false);
    return row;
  }

  private static String text(byte[] utf8) {
    return new String(utf8, UTF_8);
  }
}
