package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persons in what the loader has not sealed or folded yet, in live tables and in topics. */
final class ForgetLoadedIT {
  private static final Predicate<String> EVENTS = line -> !line.contains("not a price");
  private static final Predicate<String> LATE = line -> line.startsWith("2024-03-02T0");
  private static final Predicate<String> OTHERS =
      PersonalShop.without(PersonalShop.USER, PersonalShop.VISITOR);

  @TempDir private static Path brokerFolder;
  private static KafkaBroker broker;

  @TempDir private Path folder;

  @BeforeAll
  static void startBroker() throws IOException, InterruptedException {
    broker = KafkaBroker.start(Path.of(System.getProperty("clickmill.kafka")), brokerFolder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static CommandRun run(String... arguments) {
    var line = new ArrayList<>(List.of(arguments));
    line.add("-Dclickmill.push.bootstrap-servers=" + broker.bootstrapServers());
    var run = CommandRun.of(line.toArray(String[]::new));
    assertThat(run.exitCode()).as(line + ": " + run.err()).isZero();
    return run;
  }

  private void publish(String topic, Predicate<String> kept) throws IOException {
    var raw = folder.resolve("raw-" + topic + "-" + System.nanoTime());
    PersonalShop.write(raw, 20, 200, EVENTS.and(kept));
    run(
        "publish",
        "--bootstrap-servers=" + broker.bootstrapServers(),
        "--topic=" + topic,
        "--mapping=clickmill",
        "--input=" + raw);
  }

  private void load(Path shop, String topic, String asOf) {
    run(
        "load",
        "--warehouse=" + shop,
        "--bootstrap-servers=" + broker.bootstrapServers(),
        "--topic=" + topic,
        "--mapping=clickmill",
        "--start=earliest",
        "--as-of=" + asOf,
        "--live",
        "-Dclickmill.input.max-reject-ratio=1");
  }

  /** Up to the evening of the last day, with late events and open hours. */
  private Path loaded(String name, Predicate<String> kept) throws IOException {
    var shop = folder.resolve(name);
    publish(name, kept.and(LATE.negate()));
    load(shop, name, "2024-03-04T22:30:00Z");
    publish(name, kept.and(LATE));
    load(shop, name, "2024-03-04T22:30:01Z");
    return shop;
  }

  private static SortedMap<String, String> rows(Path shop) throws IOException {
    var rows = SmallShop.rows(SmallShop.warehouse(shop));
    rows.keySet().removeIf(partition -> partition.startsWith("rejects/"));
    return rows;
  }

  @Test
  void openHoursLateEventsAndLiveTablesAreThoseOfAWarehouseThatNeverSawThem() throws IOException {
    var shop = loaded("seen", line -> true);
    var never = loaded("never", OTHERS);
    run("pipeline", "--warehouse=" + never);
    run("live", "--warehouse=" + never);
    var search = new WarehouseSearch(List.of(PersonalShop.USER, PersonalShop.VISITOR));
    assertThat(search.in(shop))
        .as("the search finds them before")
        .anyMatch(file -> file.startsWith("_loader/events/"))
        .anyMatch(file -> file.startsWith("_loader/late/"))
        .anyMatch(file -> file.startsWith("_live/"));
    var users = Files.write(folder.resolve("users"), List.of(PersonalShop.USER));
    var visitors = Files.write(folder.resolve("visitors"), List.of(PersonalShop.VISITOR));
    run("forget", "--warehouse=" + shop, "--user=" + users, "--visitor=" + visitors);
    assertThat(search.in(shop)).isEmpty();
    assertThat(rows(shop)).isEqualTo(rows(never));

    for (var each : List.of(shop, never)) {
      run("load", "--warehouse=" + each, "--fold-late");
      load(each, each.getFileName().toString(), "2024-03-05T01:00:00Z");
      run("pipeline", "--warehouse=" + each);
    }
    assertThat(search.in(shop)).isEmpty();
    assertThat(rows(shop)).isEqualTo(rows(never));
    // Records that bring them once more do not come in.
    publish("seen", line -> line.startsWith("2024-03-03"));
    load(shop, "seen", "2024-03-05T02:00:00Z");
    assertThat(search.in(shop)).isEmpty();
  }

  @Test
  void keysThatArePushedGetTombstones() throws IOException {
    var shop = folder.resolve("pushed");
    var raw = PersonalShop.write(folder.resolve("raw"), 20, 200, EVENTS);
    var push = "-Dclickmill.push=customer_days=customer-days";
    var allow = "-Dclickmill.push.allow-personal=customer_days";
    run("import", "--warehouse=" + shop, "--mapping=clickmill", "--input=" + raw);
    run("pipeline", "--warehouse=" + shop, push, allow);
    assertThat(rowsOf("customer-days")).anyMatch(row -> row.contains(PersonalShop.USER));
    var sketches = folder.resolve("sketches");
    org.apache.commons.io.FileUtils.copyDirectory(shop.toFile(), sketches.toFile());
    var users = Files.write(folder.resolve("users"), List.of(PersonalShop.USER));
    run("forget", "--warehouse=" + shop, "--user=" + users, push, allow);
    assertThat(rowsOf("customer-days"))
        .isNotEmpty()
        .noneMatch(row -> row.contains(PersonalShop.USER));

    var other = "-Dclickmill.push=customer_days=customer-days-2";
    run("pipeline", "--warehouse=" + sketches, other, allow);
    assertThat(rowsOf("customer-days-2")).anyMatch(row -> row.contains(PersonalShop.USER));
    var kept =
        run(
            "forget",
            "--warehouse=" + sketches,
            "--user=" + users,
            "--keep-sketches",
            other,
            allow);
    assertThat(rowsOf("customer-days-2"))
        .isNotEmpty()
        .noneMatch(row -> row.contains(PersonalShop.USER));
    assertThat(kept.err())
        .contains(
            "Topic customer-days still has rows of the persons of table customer_days, until");
  }

  /** What a compacted topic leaves. */
  private static List<String> rowsOf(String topic) {
    Map<String, String> rows = new TreeMap<>();
    var client = Map.of("bootstrap.servers", broker.bootstrapServers());
    for (var record : CommittedRecords.of(topic, client)) {
      var key = new String(record.key(), StandardCharsets.UTF_8);
      if (record.value() == null) {
        rows.remove(key);
      } else {
        rows.put(key, key + new String(record.value(), StandardCharsets.UTF_8));
      }
    }
    return List.copyOf(rows.values());
  }
}
