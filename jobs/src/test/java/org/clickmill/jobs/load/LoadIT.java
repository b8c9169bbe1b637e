package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.privacy.IdHash;
import org.clickmill.formats.privacy.IdKind;
import org.clickmill.formats.privacy.PersonId;
import org.clickmill.formats.privacy.PrivacyKey;
import org.clickmill.formats.privacy.SuppressionList;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Faults;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The loader against a real broker. */
class LoadIT {
  private static final Instant MIDNIGHT = Instant.parse("2019-10-01T00:00:00Z");

  @TempDir static Path brokerFolder;
  private static KafkaBroker broker;

  @TempDir Path folder;
  private Topics topics;
  private LoadedWarehouse shop;
  private String topic;

  @BeforeAll
  static void startBroker() throws IOException, InterruptedException {
    broker = TestBroker.start(brokerFolder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void begin(TestInfo test) throws IOException {
    topics = new Topics(broker.bootstrapServers());
    topic = test.getTestMethod().orElseThrow().getName();
    shop =
        LoadedWarehouse.shop(
            folder, LocalWarehouse.configuration(folder), broker.bootstrapServers());
  }

  @AfterEach
  void end() {
    topics.close();
  }

  private static Instant at(String time) {
    return Instant.parse("2019-10-01T" + time + ":00Z");
  }

  @Test
  void recordsAreLoadedOnceAndHoursSealedWhenTheyAreOver() throws Exception {
    topics.create(topic, 2);
    topics.send(topic, 0, at("00:10"), at("01:20"), at("02:01"));
    topics.send(topic, 1, at("00:30"));
    var first = shop.load(at("02:09"), topic);
    assertThat(first.total()).isEqualTo(new RangeCounts(4, 0, 0, 0, 0, 0, 0, 0));
    assertThat(first.sealedThrough()).isEqualTo(at("01:00"));
    assertThat(shop.hours()).containsExactly(Map.entry("dt=2019-10-01/hr=00", 2L));
    assertThat(shop.load(at("02:09"), topic).commit()).isZero();
    var second = shop.load(at("02:10"), topic);
    assertThat(second.commit()).isEqualTo(2);
    assertThat(second.total()).isEqualTo(RangeCounts.NONE);
    assertThat(shop.hours())
        .containsExactly(
            Map.entry("dt=2019-10-01/hr=00", 2L), Map.entry("dt=2019-10-01/hr=01", 1L));
    topics.send(topic, 1, at("02:02"));
    shop.load(at("03:10"), topic);
    assertThat(shop.hours()).containsEntry("dt=2019-10-01/hr=02", 2L);
    assertThat(shop.places())
        .containsExactlyInAnyOrder(
            topic + "-0@0", topic + "-0@1", topic + "-0@2", topic + "-1@0", topic + "-1@1");
  }

  @Test
  void recordOfSeveralItemsIsAnEventForEachAndOneThatIsLeftOutNone() throws Exception {
    var mapping =
        Mapping.parse(
            """
            format: json
            where: [{from: kind, not: ping}]
            fields: {event_time: at, event_type: kind, product_id: 'items[].sku', rating: 'items[].n'}
            """,
            "items");
    topics.create(topic, 1);
    for (var value :
        List.of(
            "\"kind\": \"view\", \"items\": [{\"sku\": 1}, {\"sku\": 1}, {\"n\": \"x\"}]",
            "\"kind\": \"ping\", \"items\": [{\"sku\": 2}]",
            "\"kind\": \"view\", \"items\": []",
            "\"kind\": \"view\", \"items\": [{\"sku\": 3}]")) {
      var text = "{\"at\": \"2019-10-01T00:10:00Z\", " + value + "}";
      topics.send(topic, 0, text.getBytes(StandardCharsets.UTF_8));
    }
    topics.send(topic, 0, (byte[]) null);
    var configuration = LocalWarehouse.configuration(folder);
    configuration.set("clickmill.input.max-reject-ratio", "1");
    var tolerant = LoadedWarehouse.shop(folder, configuration, broker.bootstrapServers());
    var outcome = tolerant.load(mapping, at("02:10"), topic);
    assertThat(outcome.total()).isEqualTo(new RangeCounts(3, 0, 1, 1, 2, 2, 0, 0));
    assertThat(outcome.total().records()).isEqualTo(5);
    assertThat(shop.places()).containsExactly(topic + "-0@0", topic + "-0@0", topic + "-0@3");
  }

  private void send(Instant time, String visitor) throws Exception {
    var value =
        String.format(
            Locale.ROOT,
            "{\"event_time\": \"%s\", \"event_type\": \"view\", \"visitor_id\": \"%s\"}",
            time,
            visitor);
    topics.send(topic, 0, value.getBytes(StandardCharsets.UTF_8));
  }

  private void forget(String... visitors) throws IOException {
    var ids = Arrays.stream(visitors).map(id -> new PersonId(IdKind.VISITOR, id)).toList();
    new SuppressionList(shop.warehouse()).add("forget", ids);
  }

  @Test
  void eventsOfTheForgottenAreDroppedAndTheirOffsetsCommitted() throws Exception {
    topics.create(topic, 1);
    forget("v1");
    send(at("00:10"), "v1");
    send(at("00:20"), "v2");
    send(MIDNIGHT.minusSeconds(86_400L * 365), "v1");
    var first = shop.load(at("00:30"), topic);
    assertThat(first.total()).isEqualTo(new RangeCounts(1, 0, 0, 0, 0, 0, 0, 2));
    assertThat(first.total().records()).isEqualTo(3);
    send(at("00:40"), "v1");
    var second = shop.load(at("02:10"), topic);
    assertThat(second.total()).isEqualTo(new RangeCounts(0, 0, 0, 0, 0, 0, 0, 1));
    assertThat(second.partitions().get(0).start()).isEqualTo(3);
    assertThat(shop.allPlaces()).containsExactly(topic + "-0@1");
    assertThat(shop.hours()).containsEntry("dt=2019-10-01/hr=00", 1L);
    assertThat(shop.load(at("02:10"), topic).commit()).isZero();
  }

  @Test
  void whoIsForgottenBetweenLoadAndSealComesIntoNoHour() throws Exception {
    topics.create(topic, 1);
    send(at("00:10"), "v1");
    send(at("00:20"), "v2");
    send(at("01:05"), "v1");
    shop.load(at("00:30"), topic);
    forget("v1");
    send(at("00:40"), "v2");
    send(at("01:10"), "v1");
    var outcome = shop.load(at("03:10"), topic);
    assertThat(outcome.total()).isEqualTo(new RangeCounts(1, 0, 0, 0, 0, 0, 0, 1));
    assertThat(shop.places()).containsExactly(topic + "-0@1", topic + "-0@3");
    assertThat(shop.hours())
        .containsEntry("dt=2019-10-01/hr=00", 2L)
        .containsEntry("dt=2019-10-01/hr=01", 0L);
  }

  @Test
  void foldingDropsTheForgotten() throws Exception {
    topics.create(topic, 1);
    send(at("01:20"), "v2");
    shop.load(at("02:10"), topic);
    send(at("00:50"), "v1");
    send(at("00:51"), "v2");
    send(at("01:30"), "v1");
    send(at("02:20"), "v2");
    assertThat(shop.load(at("02:30"), topic).total().late()).isEqualTo(3);
    forget("v1");
    assertThat(shop.late().fold()).isEqualTo(new LateEvents.Folded(1, 2, 0, 2));
    assertThat(shop.hours())
        .containsEntry("dt=2019-10-01/hr=00", 1L)
        .containsEntry("dt=2019-10-01/hr=01", 1L);
    assertThat(shop.late().fold()).isEqualTo(new LateEvents.Folded(0, 0, 0, 0));
    assertThat(shop.places()).containsExactly(topic + "-0@0", topic + "-0@2");
  }

  @Test
  void whereverFoldingCrashesTheForgottenStayOutAndTheOthersComeInOnce() throws Exception {
    topics.create(topic, 1);
    send(at("01:20"), "v2");
    shop.load(at("02:10"), topic);
    send(at("00:50"), "v1");
    send(at("00:51"), "v2");
    send(at("01:30"), "v1");
    shop.load(at("02:30"), topic);
    forget("v1");
    var prepared = shop.warehouse().root();
    boolean crashed = true;
    int crashAt = 0;
    while (crashed) {
      crashAt++;
      var root = new org.apache.hadoop.fs.Path(prepared.getParent(), "shop-" + crashAt);
      var clean =
          new LoadedWarehouse(
              root, LocalWarehouse.configuration(folder), broker.bootstrapServers());
      LoadCrash.copy(clean.warehouse().fileSystem(), prepared, root);
      // A copy does not keep the mode.
      Files.setPosixFilePermissions(
          folder.resolve("shop-" + crashAt + "/_privacy/suppression-key"),
          PosixFilePermissions.fromString("rw-------"));
      var faulty = LocalWarehouse.configuration(folder);
      try (var faults = Faults.inject(faulty, root, crashAt)) {
        try {
          new LoadedWarehouse(root, faulty, broker.bootstrapServers()).late().fold();
        } catch (IOException | RuntimeException e) {
          assertThat(faults.crashed()).as("change %d: %s", crashAt, e).isTrue();
        }
        crashed = faults.crashed();
      }
      clean.late().fold();
      assertThat(clean.allPlaces())
          .as("crash at change %d", crashAt)
          .containsExactly(topic + "-0@0", topic + "-0@2");
      assertThat(clean.hours()).containsEntry("dt=2019-10-01/hr=00", 1L);
    }
    assertThat(crashAt).isGreaterThan(20);
  }

  @Test
  void visitorsAreHashedAndRejectsHoldNothingOfTheRecord() throws Exception {
    topics.create(topic, 1);
    send(at("00:10"), "v1");
    topics.send(topic, 0, "{\"visitor_id\": \"v1".getBytes(StandardCharsets.UTF_8));
    var key = Files.write(folder.resolve("key"), new byte[16]);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    var configuration = LocalWarehouse.configuration(folder);
    configuration.set("clickmill.input.max-reject-ratio", "1");
    configuration.set("clickmill.visitor-id.hash-key-file", key.toString());
    var hashing = LoadedWarehouse.shop(folder, configuration, broker.bootstrapServers());
    var outcome = hashing.load(at("02:10"), topic);
    assertThat(outcome.total()).isEqualTo(new RangeCounts(1, 0, 1, 0, 0, 0, 0, 0));
    assertThat(hashing.visitors())
        .containsExactly(new IdHash(new PrivacyKey(new byte[16])).of("v1"));
    var rejects = hashing.manifests(Datasets.REJECTS).keySet().iterator().next();
    try (var rows =
        TableReader.open(
            hashing.warehouse().fileSystem(), hashing.warehouse().pathOf(rejects), configuration)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.value("raw")).isNull();
      assertThat(rows.value("source_offset")).isEqualTo(1L);
      assertThat(rows.value("reason").toString()).doesNotContain("v1");
    }
  }

  @Test
  void lateEventsWaitUntilTheyAreFolded() throws Exception {
    topics.create(topic, 1);
    topics.send(topic, 0, at("00:10"), at("01:20"));
    shop.load(at("02:10"), topic);
    topics.send(topic, 0, at("00:50"), at("02:20"), MIDNIGHT.minusSeconds(1));
    var outcome = shop.load(at("02:30"), topic);
    assertThat(outcome.total()).isEqualTo(new RangeCounts(1, 2, 0, 0, 0, 0, 0, 0));
    assertThat(shop.late().count()).isEqualTo(2);
    assertThat(shop.hours()).containsEntry("dt=2019-10-01/hr=00", 1L);
    assertThat(shop.late().fold()).isEqualTo(new LateEvents.Folded(2, 2, 23, 0));
    assertThat(shop.hours())
        .containsEntry("dt=2019-10-01/hr=00", 2L)
        .containsEntry("dt=2019-09-30/hr=23", 1L)
        .hasSize(2 + 24);
    assertThat(shop.version("dt=2019-10-01/hr=00")).isEqualTo(2);
    assertThat(shop.late().count()).isZero();
    assertThat(shop.late().fold()).isEqualTo(new LateEvents.Folded(0, 0, 0, 0));
  }

  @Test
  void whatIsNoEventOrOfAnotherTimeIsRejected() throws Exception {
    topics.create(topic, 1);
    topics.send(topic, 0, "no event".getBytes(StandardCharsets.UTF_8));
    topics.send(topic, 0, (byte[]) null);
    topics.send(
        topic, 0, at("00:10"), at("02:01"), MIDNIGHT.minusSeconds(31 * 86_400L), at("01:00"));
    assertThatThrownBy(() -> shop.load(at("01:00"), topic))
        .hasMessageStartingWith(
            "Too many rejects: 3 of 5 records are malformed, more than the share that"
                + " clickmill.input.max-reject-ratio allows.")
        .hasMessageContaining(topic + "-0, offset 0: not valid JSON")
        .hasMessageContaining("2019-10-01T02:01:00Z is over an hour in the future")
        .extracting(failure -> ((ClickmillException) failure).failure())
        .isEqualTo(Failure.QUALITY);
    var rejects = shop.manifests(Datasets.REJECTS);
    assertThat(rejects).hasSize(1);
    assertThat(shop.allPlaces()).contains(topic + "-0@0", topic + "-0@3", topic + "-0@4");
    assertThat(shop.load(at("01:00"), topic).commit()).isZero();
  }

  @Test
  void recordsOfAbortedTransactionsAreGaps() throws Exception {
    topics.create(topic, 1);
    try (var producer = topics.producer(Map.of("transactional.id", topic))) {
      producer.initTransactions();
      for (int i = 0; i < 4; i++) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, 0, null, Topics.event(at("00:10")))).get();
        if (i % 2 == 0) {
          producer.commitTransaction();
        } else {
          producer.abortTransaction();
        }
      }
    }
    assertThat(shop.load(at("00:20"), topic).total())
        .isEqualTo(new RangeCounts(2, 0, 0, 0, 0, 0, 6, 0));
  }

  @Test
  void deletedOffsetsAreNamedAndMayBeDoneWithout() throws Exception {
    topics.create(topic, 1);
    topics.send(topic, 0, at("00:10"));
    shop.load(at("00:20"), topic);
    topics.send(topic, 0, at("00:11"), at("00:12"), at("00:13"));
    topics.deleteBefore(topic, 0, 3);
    assertThatThrownBy(() -> shop.load(at("00:30"), topic))
        .hasMessageStartingWith("Cannot load: records are lost:")
        .hasMessageContaining(topic + "-0 [1, 3): deleted by the topic's retention")
        .hasMessageContaining("--accept-data-loss");
    assertThat(shop.acceptingDataLoss().load(at("00:30"), topic).lost())
        .containsExactly(
            topic + "-0 [1, 3): deleted by the topic's retention before it was loaded");
    shop.load(at("01:10"), topic);
    assertThat(shop.places()).containsExactly(topic + "-0@0", topic + "-0@3");
  }

  @Test
  void topicThatWasCreatedAgainIsNotTakenForItself() throws Exception {
    topics.create(topic, 1);
    topics.send(topic, 0, at("00:10"), at("00:11"));
    shop.load(at("00:20"), topic);
    topics.delete(topic);
    topics.create(topic, 1);
    topics.send(topic, 0, at("00:12"), at("00:13"), at("00:14"));
    assertThatThrownBy(() -> shop.load(at("00:30"), topic))
        .hasMessageContaining("the topic was deleted and created again");
    assertThat(cluster().recreated()).containsExactly(topic);
    assertThat(cluster().missing()).isEmpty();
    assertThat(shop.acceptingDataLoss().load(at("00:30"), topic).total().events()).isEqualTo(3);
  }

  @Test
  void clusterTellsItsBrokersAndWhichLoadedTopicsItDoesNotHave() throws Exception {
    assertThat(KafkaCluster.ask(TestBroker.client(broker), null, new Configuration()).loaded())
        .isEmpty();
    topics.create(topic, 1);
    shop.load(at("00:20"), topic);
    assertThat(cluster().brokers().number()).isEqualTo(1);
    assertThat(cluster().brokers().clusterId()).isNotEmpty();
    assertThat(cluster().loaded()).containsExactly(topic);
    assertThat(cluster().missing()).isEmpty();
    assertThat(cluster().recreated()).isEmpty();
    topics.delete(topic);
    assertThat(cluster().missing()).containsExactly(topic);
  }

  private KafkaCluster cluster() throws Exception {
    return KafkaCluster.ask(TestBroker.client(broker), shop.warehouse(), new Configuration());
  }

  @Test
  void addedPartitionsAreReadFromTheirFirstRecord() throws Exception {
    topics.create(topic, 1);
    topics.send(topic, 0, at("00:10"));
    shop.load(at("00:20"), topic);
    topics.addPartitions(topic, 2);
    topics.send(topic, 1, at("00:11"), at("00:12"));
    assertThat(shop.load(at("00:30"), topic).total().events()).isEqualTo(2);
  }

  @Test
  void topicThatFeedsTheWarehouseCannotBeLeftOut() throws Exception {
    topics.create(topic, 1);
    topics.create(topic + "2", 1);
    shop.load(at("00:20"), topic, topic + "2");
    assertThatThrownBy(() -> shop.load(at("00:30"), topic))
        .hasMessageStartingWith("Cannot load without topic '" + topic + "2'");
  }

  @Test
  void manySmallFilesOfAnHourAreMerged() throws Exception {
    topics.create(topic, 1);
    for (int minute = 10; minute < 35; minute++) {
      topics.send(topic, 0, at("00:" + minute));
      shop.load(at("00:" + minute), topic);
    }
    shop.load(at("01:10"), topic);
    assertThat(shop.hours()).containsExactly(Map.entry("dt=2019-10-01/hr=00", 25L));
    Manifest manifest =
        shop.manifests(Datasets.EVENTS).get(new Partition("events", "dt=2019-10-01/hr=00"));
    assertThat(manifest.files()).hasSize(1);
    assertThat(manifest.sources()).hasSize(25);
    assertThat(shop.places()).hasSize(25);
  }

  @Test
  void whatIsWrongIsSaidWithinSeconds() {
    assertThatThrownBy(() -> shop.load(at("00:30"), "nowhere"))
        .hasMessageStartingWith("Missing topic: 'nowhere' is not at " + broker.bootstrapServers());
    assertThatThrownBy(() -> shop.at("localhost:1").load(at("00:30"), topic))
        .hasMessageStartingWith("Cannot reach Kafka at localhost:1: no answer")
        .extracting(failure -> ((ClickmillException) failure).failure())
        .isEqualTo(Failure.NOT_READY);
    assertThatThrownBy(() -> shop.at("no-such-host.invalid:9092").load(at("00:30"), topic))
        .hasMessageStartingWith("Invalid address or client properties of Kafka");
  }

  @Test
  void ofTwoLoadersAtOnceOneYields() throws Exception {
    topics.create(topic, 2);
    int held = 0;
    for (int round = 0; round < 10; round++) {
      topics.send(topic, round % 2, at("00:10"), at("00:11"));
      var now = at(String.format(Locale.ROOT, "%02d:30", round + 1));
      var both = Executors.newFixedThreadPool(2);
      try {
        Callable<LoadOutcome> load = () -> shop.load(now, topic);
        for (var loading : both.invokeAll(List.of(load, load))) {
          held += isHeld(loading) ? 1 : 0;
        }
      } finally {
        both.shutdown();
      }
      shop.load(now, topic);
      assertThat(shop.allPlaces()).doesNotHaveDuplicates().hasSize(2 * (round + 1));
    }
    assertThat(held).as("rounds in which both met").isPositive();
  }

  private static boolean isHeld(Future<LoadOutcome> loading) throws InterruptedException {
    try {
      loading.get();
      return false;
    } catch (ExecutionException e) {
      assertThat(e.getCause())
          .isInstanceOf(ClickmillException.class)
          .hasMessageStartingWith("Cannot commit the load: run ")
          .hasMessageEndingWith("first. Nothing of this run is in the warehouse (run again)");
      return true;
    }
  }

  @Test
  void statusTellsHowFarEachPartitionIs() throws Exception {
    topics.create(topic, 2);
    topics.send(topic, 0, at("00:10"), at("01:10"));
    shop.load(at("02:10"), topic);
    topics.send(topic, 0, at("00:11"));
    topics.send(topic, 0, "no event".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> shop.load(at("02:20"), topic)).hasMessageContaining("Too many");
    topics.send(topic, 1, at("02:11"), at("02:12"));
    var status = shop.status();
    assertThat(status.partitions())
        .containsExactly(
            new LoaderStatus.Part(topic, 0, 4, 4L, 0L, 2, 1, 1),
            new LoaderStatus.Part(topic, 1, 0, 2L, 2L, 0, 0, 0));
    assertThat(status.newestSealedHour()).isEqualTo(at("01:00"));
    assertThat(status.lateWaiting()).isEqualTo(1);
    assertThat(status.isCarriedOut()).isTrue();
  }

  @Test
  void firstLoadMustSayWhereToBegin() throws ExecutionException, InterruptedException {
    topics.create(topic, 1);
    assertThatThrownBy(() -> shop.starting(null).load(at("00:30"), topic))
        .hasMessageContaining("--start earliest");
  }

  @Test
  void startAtTheLatestLeavesOutWhatIsThere() throws Exception {
    topics.create(topic, 1);
    topics.send(topic, 0, at("00:10"));
    var latest = shop.starting("latest");
    assertThat(latest.load(at("00:20"), topic).total()).isEqualTo(RangeCounts.NONE);
    topics.send(topic, 0, at("00:11"));
    assertThat(latest.load(at("00:30"), topic).total().events()).isEqualTo(1);
  }

  @Test
  void purgeSparesWhatARunHasCommittedAndNotMoved() throws Exception {
    topics.create(topic, 1);
    topics.send(topic, 0, at("00:10"));
    var commit = shop.loaderFile("commits/0000000001.json");
    var fileSystem = shop.warehouse().fileSystem();
    for (int crashAt = 1; !fileSystem.exists(commit); crashAt++) {
      crash(crashAt);
    }
    makeOld(fileSystem, new org.apache.hadoop.fs.Path(shop.warehouse().root(), "_staging"));
    shop.warehouse().purge();
    // Kafka need not have the record any more.
    topics.deleteBefore(topic, 0, 1);
    shop.load(at("00:20"), topic);
    assertThat(shop.allPlaces()).containsExactly(topic + "-0@0");
    assertThat(shop.status().commit()).isEqualTo(1);
  }

  /** A load in which the n-th change fails, and all after it. */
  private void crash(int change) throws InterruptedException {
    var root = shop.warehouse().root();
    var faulty = LocalWarehouse.configuration(folder);
    try (var faults = Faults.inject(faulty, root, change)) {
      new LoadedWarehouse(root, faulty, broker.bootstrapServers()).load(at("00:20"), topic);
    } catch (IOException | RuntimeException e) {
      // What the crash left is for the purge.
    }
  }

  private static void makeOld(FileSystem fileSystem, org.apache.hadoop.fs.Path path)
      throws IOException {
    if (fileSystem.getFileStatus(path).isDirectory()) {
      for (var child : fileSystem.listStatus(path)) {
        makeOld(fileSystem, child.getPath());
      }
    }
    fileSystem.setTimes(path, MIDNIGHT.toEpochMilli(), -1);
  }

  @Test
  void loadedTopicsAreKnownWithoutNamingThem() throws Exception {
    topics.create(topic, 1);
    topics.send(topic, 0, at("00:10"));
    shop.load(at("00:20"), topic);
    topics.send(topic, 0, at("00:11"));
    assertThat(shop.load(at("00:30")).total().events()).isEqualTo(1);
  }
}
