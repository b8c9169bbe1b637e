package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A broker that goes away, or whose disk does, while topics are loaded. */
class BrokerFailureIT {
  private static final Instant TIME = Instant.parse("2019-10-01T00:10:00Z");
  private static final Instant NOW = Instant.parse("2019-10-01T00:20:00Z");

  @TempDir static Path brokerFolder;
  private static KafkaBroker broker;

  @TempDir Path folder;
  private Configuration configuration;
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
  void begin(TestInfo test) throws IOException, InterruptedException {
    if (!broker.isAlive()) {
      broker.restart();
    }
    topic = test.getTestMethod().orElseThrow().getName();
    configuration = LocalWarehouse.configuration(folder);
    shop = LoadedWarehouse.shop(folder, configuration, broker.bootstrapServers());
  }

  @Test
  void corruptBatchIsNamedAndNothingIsCommitted() throws Exception {
    try (var topics = new Topics(broker.bootstrapServers())) {
      topics.create(topic, 1);
      for (int batch = 0; batch < 5; batch++) {
        topics.send(topic, 0, Topics.event(TIME));
      }
    }
    broker.stop();
    LogSegment.of(brokerFolder, topic, 0).flipABit(3);
    broker.restart();
    assertThatThrownBy(() -> shop.load(NOW, topic))
        .hasMessageStartingWith(
            "Cannot read %s-0 [0, 5) from Kafka at %s, at or behind offset 3: ",
            topic, broker.bootstrapServers())
        .hasMessageContaining("Record is corrupt (stored crc = ")
        .hasMessageContaining(". Nothing is committed; ")
        .extracting(failure -> ((ClickmillException) failure).failure())
        .isEqualTo(Failure.FAILED);
    assertThat(shop.warehouse().disk().list(shop.loaderFile("commits"))).isEmpty();
    assertThat(shop.warehouse().datasets()).isEmpty();

    // What the message says to do when no replica has the batch.
    try (var topics = new Topics(broker.bootstrapServers())) {
      topics.deleteBefore(topic, 0, 4);
    }
    shop.acceptingDataLoss().load(NOW, topic);
    assertThat(shop.allPlaces()).containsExactly(topic + "-0@4");
  }

  @Test
  void readerGoesOnWhenTheBrokerIsBack() throws Exception {
    int records = 30_000;
    send(1, records);
    var offsets = new ArrayList<Long>();
    var range = new OffsetRange(topic, 0, 0, records);
    try (var consumer = new RangeConsumer(TestBroker.client(broker), configuration)) {
      consumer.read(
          range,
          message -> {
            if (message.offset() == 10) {
              broker.kill();
              broker.restart();
            }
            offsets.add(message.offset());
          },
          () -> {});
    }
    assertThat(offsets).hasSize(records).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void readerSaysSoWhenTheBrokerStaysAway() throws Exception {
    configuration.setInt(LoadSettings.STALL_SECONDS.name(), 2);
    int records = 200_000;
    send(1, records);
    var range = new OffsetRange(topic, 0, 0, records);
    try (var consumer = new RangeConsumer(TestBroker.client(broker), configuration)) {
      assertThatThrownBy(
              () ->
                  consumer.read(
                      range,
                      message -> {
                        if (message.offset() == 10) {
                          broker.kill();
                        }
                      },
                      () -> {}))
          .hasMessageStartingWith("Cannot read %s from Kafka at ", range)
          .hasMessageContaining(" for 2 seconds (clickmill.load.stall-seconds")
          .hasMessageEndingWith("Nothing is committed; run load again.")
          .extracting(failure -> ((ClickmillException) failure).failure())
          .isEqualTo(Failure.NOT_READY);
    }
  }

  @Test
  void brokerThatDiesWhileTopicsAreLoadedDoublesAndLosesNothing() throws Exception {
    configuration.setInt(LoadSettings.STALL_SECONDS.name(), 2);
    int partitions = 2;
    int records = 75_000;
    send(partitions, records);
    var loading = Executors.newSingleThreadExecutor();
    try {
      Callable<LoadOutcome> load = () -> shop.load(NOW, topic);
      var outcome = loading.submit(load);
      while (shop.warehouse().disk().list(staging()).length == 0 && !outcome.isDone()) {
        Thread.sleep(1);
      }
      broker.kill();
      try {
        outcome.get();
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(ClickmillException.class);
        assertThat(shop.warehouse().disk().list(shop.loaderFile("commits"))).isEmpty();
      }
    } finally {
      loading.shutdown();
    }
    broker.restart();
    shop.load(NOW, topic);
    var expected = new ArrayList<String>();
    for (int partition = 0; partition < partitions; partition++) {
      for (int offset = 0; offset < records; offset++) {
        expected.add(topic + "-" + partition + "@" + offset);
      }
    }
    Collections.sort(expected);
    assertThat(shop.allPlaces().equals(expected)).as("every place once").isTrue();
  }

  private org.apache.hadoop.fs.Path staging() {
    return new org.apache.hadoop.fs.Path(shop.warehouse().root(), "_staging");
  }

  private void send(int partitions, int records) throws Exception {
    byte[] event = Topics.event(TIME);
    try (var topics = new Topics(broker.bootstrapServers());
        var producer = topics.producer(Map.of("linger.ms", 20, "acks", "all"))) {
      topics.create(topic, partitions);
      for (int i = 0; i < records; i++) {
        for (int partition = 0; partition < partitions; partition++) {
          producer.send(new ProducerRecord<>(topic, partition, null, event));
        }
      }
    }
  }
}
