package org.clickmill.jobs.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.mapping.Message;
import org.clickmill.formats.mapping.MessageDecoder;
import org.clickmill.formats.mapping.MessageDecoder.Outcome;
import org.clickmill.testdata.generate.EventGenerator;
import org.clickmill.testdata.generate.GeneratorOptions;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a real broker. */
@TestInstance(Lifecycle.PER_CLASS)
class PublishJobTest {
  private static final Configuration NONE = new Configuration(false);

  @TempDir Path folder;

  private KafkaBroker broker;
  private KafkaClient client;

  @BeforeAll
  void start(@TempDir Path brokerFolder) throws IOException, InterruptedException {
    broker = TestBroker.start(brokerFolder);
    client = TestBroker.client(broker);
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(PublishFormat.class)
  void eventsComeBackFromTheTopicAsTheyWere(PublishFormat format)
      throws IOException, InterruptedException {
    var events = generated(3_000);
    var topic = "round-trip-" + format;
    var outcome = publish(topic, 3, format, 0, events);
    assertThat(outcome.partitions()).isEqualTo(3);
    assertThat(outcome.sent()).isEqualTo(3_000);
    var decoder =
        format == PublishFormat.JSON
            ? MessageDecoder.ofJson(Mapping.named("clickmill"))
            : MessageDecoder.ofAvro(
                Mapping.named("clickmill"), Event.getClassSchema(), "the Event schema");
    var records = TopicRecords.of(client, topic);
    var decoded = new ArrayList<Event>();
    for (var record : records) {
      var message =
          new Message()
              .reset(topic, record.partition(), record.offset(), record.timestamp())
              .value(record.value());
      assertThat(decoder.decode(message)).isEqualTo(Outcome.EVENT);
      assertThat(record.timestamp()).isEqualTo(decoder.event().getEventTime().toEpochMilli());
      assertThat(new String(record.key(), UTF_8)).isEqualTo(decoder.event().getUserId() + "");
      var event = Event.newBuilder(decoder.event()).build();
      event.setSourceName(null);
      event.setSourcePartition(null);
      event.setSourceOffset(null);
      decoded.add(event);
    }
    assertThat(decoded).containsExactlyInAnyOrderElementsOf(events);
    assertThat(records.stream().map(record -> record.partition()).distinct()).hasSize(3);
    long bytes =
        records.stream()
            .mapToLong(record -> record.serializedKeySize() + record.serializedValueSize())
            .sum();
    assertThat(outcome.bytes()).isEqualTo(bytes);
  }

  @Test
  void keyIsTheFirstIdThatTheVisitorHas() throws IOException, InterruptedException {
    var anonymous = event(1);
    var session = event(2);
    session.setUserSession(new Utf8("s"));
    var user = Event.newBuilder(session).setUserId(new Utf8("u")).build();
    var visitor = Event.newBuilder(user).setVisitorId(new Utf8("v")).build();
    publish("keys", 1, PublishFormat.JSON, 0, List.of(anonymous, session, user, visitor));
    assertThat(TopicRecords.of(client, "keys"))
        .extracting(record -> record.key() == null ? null : new String(record.key(), UTF_8))
        .containsExactly(null, "s", "u", "v");
  }

  @Test
  void jsonHasOnlyTheFieldsThatHaveAValue() throws IOException {
    var event = event(1_569_888_000_123L);
    event.setBrand(new Utf8("a \"b\"\nü"));
    assertThat(new String(PublishFormat.JSON.writer().write(event), UTF_8))
        .isEqualTo(
            "{\"event_time\":\"2019-10-01T00:00:00.123Z\",\"event_type\":\"view\","
                + "\"brand\":\"a \\\"b\\\"\\u000aü\",\"quantity\":1}");
  }

  @Test
  void filesArePublishedAndWhatIsNoEventIsCounted() throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("a.csv"), "event_time,event_type\n2019-10-01,view\nyesterday,view\n");
    Files.writeString(folder.resolve("b.json"), "{\"event_time\": 1, \"event_type\": \"cart\"}\n");
    var input = new org.apache.hadoop.fs.Path(folder.toString());
    var progress = new ArrayList<Long>();
    try (var events = new FileEvents(NONE, input, Mapping.named("clickmill"))) {
      var options = new PublishJob.Options("files", null, PublishFormat.JSON, 0);
      var outcome = new PublishJob(NONE, client, options).run(events, progress::add);
      assertThat(outcome.sent()).isEqualTo(2);
      assertThat(events.rejected()).isEqualTo(1);
      assertThat(events.firstReason())
          .startsWith(folder.getFileName() + "/a.csv, byte 38: field event_time: 'yesterday' is");
      assertThat(events.filesDone()).isEqualTo(events.files()).isEqualTo(2);
    }
    assertThat(progress).endsWith(2L);
    assertThat(TopicRecords.of(client, "files")).hasSize(2);
  }

  @Test
  void rateIsHeld() throws IOException, InterruptedException {
    var outcome = publish("rate", 1, PublishFormat.JSON, 200, generated(200));
    assertThat(outcome.seconds()).isGreaterThan(0.9);
  }

  @Test
  void topicWithAnotherNumberOfPartitionsIsRefused() throws IOException, InterruptedException {
    publish("narrow", 1, PublishFormat.JSON, 0, List.of());
    assertThat(publish("narrow", null, PublishFormat.JSON, 0, List.of()).partitions()).isEqualTo(1);
    assertFails(
        () -> publish("narrow", 2, PublishFormat.JSON, 0, List.of()),
        Failure.USAGE,
        "Cannot use topic narrow with 2 partitions: it has 1; leave --partitions out, or take"
            + " another topic");
  }

  @Test
  void recordThatCannotBeSentIsNamed() {
    var large = event(1);
    large.setBrand(new Utf8("x".repeat(2_000_000)));
    assertFails(
        () -> publish("large", 1, PublishFormat.JSON, 0, List.of(event(1), large, event(2))),
        Failure.FAILED,
        "Cannot send record 2 to topic large: The message is 2000");
    var future = event(Instant.now().plusSeconds(1_000_000).toEpochMilli());
    assertFails(
        () -> publish("future", 1, PublishFormat.JSON, 0, List.of(future)),
        Failure.FAILED,
        "Cannot send record 1 to topic future: ");
  }

  @Test
  void topicNameThatKafkaRefusesIsToldOf() {
    assertFails(
        () -> publish("no/such", 1, PublishFormat.JSON, 0, List.of()),
        Failure.FAILED,
        "Cannot use topic no/such: ");
  }

  @Test
  void wrongAddressIsToldOfWithinSeconds() throws IOException {
    int nobody = freePort();
    var nowhere = new KafkaClient(Map.of("bootstrap.servers", "localhost:" + nobody));
    long begin = System.nanoTime();
    assertThatThrownBy(() -> new TopicMaker(nowhere, NONE).ensure("shop", 1))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.NOT_READY))
        .hasMessageStartingWith(
            "Cannot use topic shop: no answer in time (Timed out waiting for a node assignment.");
    assertThat((System.nanoTime() - begin) / 1e9).isLessThan(60);
    var unknown = new KafkaClient(Map.of("bootstrap.servers", "no-such-host.invalid:9092"));
    assertThatThrownBy(() -> new TopicMaker(unknown, NONE).ensure("shop", 1))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessage(
            "Invalid address or client properties of Kafka at no-such-host.invalid:9092: No"
                + " resolvable bootstrap urls given in bootstrap.servers");
  }

  @Test
  void publishingGoesOnWhenTheBrokerIsKilledAndComesBack(@TempDir Path own)
      throws IOException, InterruptedException {
    try (var fragile = TestBroker.start(own)) {
      var events = generated(4_000);
      // A broker forgets on its restart what it knows of producers of old records.
      var now = Instant.now();
      events.forEach(event -> event.setEventTime(now));
      var options = new PublishJob.Options("fragile", 2, PublishFormat.JSON, 2_000);
      var killed = new boolean[1];
      var outcome =
          new PublishJob(NONE, TestBroker.client(fragile), options)
              .run(
                  supply(events),
                  sent -> {
                    if (sent >= 1_000 && !killed[0]) {
                      killed[0] = true;
                      fragile.kill();
                      restart(fragile);
                    }
                  });
      assertThat(outcome.sent()).isEqualTo(4_000);
      assertThat(TopicRecords.of(TestBroker.client(fragile), "fragile")).hasSize(4_000);
    }
  }

  private PublishJob.Outcome publish(
      String topic, Integer partitions, PublishFormat format, long rate, List<Event> events)
      throws IOException, InterruptedException {
    return new PublishJob(NONE, client, new PublishJob.Options(topic, partitions, format, rate))
        .run(supply(events), sent -> {});
  }

  private void assertFails(ThrowingCallable call, Failure failure, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(failure))
        .hasMessageStartingWith(message.replace("%s", broker.bootstrapServers()));
  }

  private static void restart(KafkaBroker broker) {
    try {
      broker.restart();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Event> generated(int count) {
    var generator = new EventGenerator(new GeneratorOptions(1, count, LocalDate.EPOCH, 2));
    var events = new ArrayList<Event>();
    while (generator.next()) {
      var event = new Event();
      generator.fill(event);
      events.add(event);
    }
    return events;
  }

  private static Event event(long millis) {
    var event = new Event();
    event.setEventTime(Instant.ofEpochMilli(millis));
    event.setEventType(new Utf8("view"));
    event.setQuantity(1);
    return event;
  }

  private static EventSupply supply(List<Event> events) {
    Iterator<Event> left = events.iterator();
    return new EventSupply() {
      private Event event;

      @Override
      public boolean next() {
        event = left.hasNext() ? left.next() : null;
        return event != null;
      }

      @Override
      public Event event() {
        return event;
      }
    };
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
