package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the loader's commits: how long they are kept, and what it does without one. */
class CommitLogIT {
  @TempDir static Path brokerFolder;
  private static KafkaBroker broker;
  private static Topics topics;

  @TempDir Path folder;
  private LoadedWarehouse shop;
  private String topic;

  @BeforeAll
  static void startBroker() throws IOException, InterruptedException {
    broker = TestBroker.start(brokerFolder);
    topics = new Topics(broker.bootstrapServers());
  }

  @AfterAll
  static void stopBroker() {
    topics.close();
    broker.close();
  }

  @BeforeEach
  void begin(TestInfo test) throws IOException {
    topic = test.getTestMethod().orElseThrow().getName();
    var configuration = LocalWarehouse.configuration(folder);
    configuration.setInt(LoadSettings.KEEP_COMMITS.name(), 2);
    shop = LoadedWarehouse.shop(folder, configuration, broker.bootstrapServers());
  }

  @Test
  void onlyTheNewestCommitsAreKeptAndThoseOfLateEventsThatWait() throws Exception {
    topics.create(topic, 1);
    for (var time : List.of("02:20", "00:10", "02:21", "02:22", "02:23")) {
      topics.send(topic, 0, at(time));
      shop.load(at("02:30"), topic);
    }
    assertThat(commits()).containsExactly(2L, 3L, 4L, 5L);
    var firstOfThoseKept = shop.loaderFile("commits/0000000004.json");
    var aside = shop.loaderFile("aside.json");
    shop.warehouse().disk().move(firstOfThoseKept, aside);
    assertThatThrownBy(() -> shop.load(at("02:30"), topic))
        .hasMessageStartingWith("Missing commit: " + firstOfThoseKept);
    shop.warehouse().disk().move(aside, firstOfThoseKept);

    assertThat(shop.late().fold().events()).isEqualTo(1);
    topics.send(topic, 0, at("02:24"));
    shop.load(at("02:30"), topic);
    assertThat(commits()).containsExactly(5L, 6L);
    assertThat(shop.hours()).containsEntry("dt=2019-10-01/hr=00", 1L);
  }

  @Test
  void numberOfACommitThatIsNotKeptAnyLongerIsNotTakenAgain() throws Exception {
    topics.create(topic, 1);
    loadOne("00:10");
    var log = new CommitLog(shop.warehouse());
    var first = log.read(1);
    loadOne("00:11");
    loadOne("00:12");
    assertThat(commits()).containsExactly(2L, 3L);
    assertThat(log.create(first)).isFalse();
    assertThat(commits()).containsExactly(2L, 3L);
  }

  @Test
  void commitFromWhichOthersHaveGoneOnStays() throws Exception {
    topics.create(topic, 1);
    loadOne("00:10");
    loadOne("00:11");
    loadOne("00:12");
    var log = new CommitLog(shop.warehouse());
    var second = log.read(2);
    assertThat(shop.warehouse().disk().delete(shop.loaderFile("commits/0000000002.json"))).isTrue();
    assertThat(log.create(second)).isTrue();
    assertThat(commits()).containsExactly(2L, 3L);
  }

  @Test
  void damagedOrMissingCommitIsRefused() throws Exception {
    topics.create(topic, 1);
    topics.send(topic, 0, at("00:10"));
    shop.load(at("00:20"), topic);
    topics.send(topic, 0, at("00:11"));
    shop.load(at("00:30"), topic);
    var fileSystem = shop.warehouse().fileSystem();
    var first = shop.loaderFile("commits/0000000001.json");
    var second = shop.loaderFile("commits/0000000002.json");
    byte[] whole = Files.readAllBytes(Path.of(second.toUri()));
    shop.warehouse().disk().write(second, "{".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> shop.load(at("00:40"), topic))
        .hasMessageStartingWith("Invalid commit: " + second);
    assertThat(fileSystem.delete(second, false)).isTrue();
    assertThatThrownBy(() -> shop.load(at("00:40"), topic))
        .hasMessageStartingWith(
            "Missing commit: " + second + " (" + shop.loaderFile("done/0000000002.json"));
    shop.warehouse().disk().write(second, whole);
    assertThat(fileSystem.delete(first, false)).isTrue();
    assertThatThrownBy(() -> shop.load(at("00:40"), topic))
        .hasMessageStartingWith("Missing commit: " + first + " (" + second + " is there)");
  }

  private void loadOne(String time) throws Exception {
    topics.send(topic, 0, at(time));
    shop.load(at("00:30"), topic);
  }

  private List<Long> commits() throws IOException {
    return Arrays.stream(shop.warehouse().disk().list(shop.loaderFile("commits")))
        .map(status -> Long.parseLong(status.getPath().getName().replace(".json", "")))
        .sorted()
        .toList();
  }

  private static Instant at(String time) {
    return Instant.parse("2019-10-01T" + time + ":00Z");
  }
}
