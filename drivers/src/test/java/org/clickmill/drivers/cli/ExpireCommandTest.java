package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.io.FileUtils;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Set {@code clickmill.test.crashes} to crash more often, {@code clickmill.test.seed} to repeat.
 */
final class ExpireCommandTest {
  private static final int DAYS = 6;
  private static final String FEW_TABLES = "-Dclickmill.sales.tables=sales";

  /** Of the six days, those of 1 and 2 October go from events, 1 October from the others. */
  private static final String RETENTION =
      "-Dclickmill.expire=events=4d,events_daily=5d,sessions=5d,sales=35d,rejects=5d";

  @TempDir static Path folder;
  private static Path input;
  private static Path computed;

  @TempDir Path own;

  @BeforeAll
  static void makeShop() throws IOException {
    input = SmallShop.generate(folder.resolve("raw"), 400, DAYS);
    computed = folder.resolve("computed");
    assertDone(importInto(computed));
    assertDone(run(computed, "pipeline"));
  }

  private Path shop() throws IOException {
    var shop = own.resolve("shop-" + new Random().nextInt(1 << 20));
    FileUtils.copyDirectory(computed.toFile(), shop.toFile());
    return shop;
  }

  private static CommandRun importInto(Path shop) {
    return run(shop, "import", "--mapping=rees46", "--input=" + input);
  }

  private static CommandRun run(Path shop, String... arguments) {
    var line = new ArrayList<>(List.of(arguments));
    line.add("--warehouse=" + shop);
    line.add(FEW_TABLES);
    return CommandRun.of(line.toArray(String[]::new));
  }

  private static CommandRun expire(Path shop, String... arguments) {
    var line = new ArrayList<>(List.of("expire", "--as-of=2019-10-06", RETENTION));
    line.addAll(List.of(arguments));
    return run(shop, line.toArray(String[]::new));
  }

  private static void assertDone(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static Catalog catalog(Path shop) throws IOException {
    var warehouse = SmallShop.warehouse(shop);
    return Catalog.read(warehouse, warehouse.datasets(), null, null);
  }

  private static TreeSet<String> expired(Path shop) throws IOException {
    var warehouse = SmallShop.warehouse(shop);
    var catalog = catalog(shop);
    var expired = new TreeSet<String>();
    for (var dataset : warehouse.datasets()) {
      catalog.expired(dataset).keySet().forEach(partition -> expired.add(partition.toString()));
    }
    return expired;
  }

  private static TreeSet<String> expectedToExpire() {
    var expected = new TreeSet<String>();
    for (int hour = 0; hour < 24; hour++) {
      expected.add(String.format(Locale.ROOT, "events/dt=2019-10-01/hr=%02d", hour));
      expected.add(String.format(Locale.ROOT, "events/dt=2019-10-02/hr=%02d", hour));
    }
    expected.add("events_daily/dt=2019-10-01");
    expected.add("sessions/dt=2019-10-01");
    return expected;
  }

  @Test
  void dryRunNamesPartitionsAndBytesAndDeletesNothing() throws IOException {
    var shop = shop();
    var before = FileUtils.sizeOfDirectory(shop.toFile());
    var bytes =
        catalog(shop)
            .manifests()
            .get(org.clickmill.formats.warehouse.Partition.ofDay("sessions", SmallShop.FIRST_DAY))
            .bytes();
    var run = expire(shop, "--dry-run");
    assertDone(run);
    assertThat(run.out())
        .contains(String.format(Locale.ROOT, "sessions/dt=2019-10-01  %,d bytes", bytes))
        .contains("50 partitions of ")
        .contains(" would expire, 0 are kept. Nothing was deleted.");
    assertThat(FileUtils.sizeOfDirectory(shop.toFile())).isEqualTo(before);
  }

  @Test
  void whatIsOldEnoughGoesAndEverythingElseIsAsFreshAsBefore() throws IOException {
    var shop = shop();
    var before = catalog(shop).manifests();
    assertDone(expire(shop));
    assertThat(expired(shop)).isEqualTo(expectedToExpire());
    var after = catalog(shop);
    var left = new TreeMap<>(before);
    left.keySet().removeIf(partition -> expectedToExpire().contains(partition.toString()));
    assertThat(after.manifests()).isEqualTo(left);
    assertThat(shop.resolve("events/dt=2019-10-01/hr=07"))
        .isDirectoryContaining(file -> file.getFileName().toString().equals(Manifest.FILE_NAME))
        .isDirectoryNotContaining(file -> file.getFileName().toString().endsWith(".avro"));

    var status = run(shop, "status");
    assertDone(status);
    assertThat(status.out())
        .contains("all fresh")
        .contains("2 partitions have expired, or their input has (--details names them)");
    assertDone(run(shop, "pipeline"));
    assertThat(catalog(shop).manifests()).isEqualTo(left);
    // Once more: nothing is left to do.
    var again = expire(shop);
    assertDone(again);
    assertThat(again.out()).contains("0 partitions of 0 bytes expired, 0 are kept.");
  }

  @Test
  void explainAndShowSayThatItHasExpired() throws IOException {
    var shop = shop();
    assertDone(expire(shop));
    var table = run(shop, "explain", "sessions", "--day=2019-10-01");
    assertDone(table);
    assertThat(table.out().replaceAll("\\s+", " "))
        .startsWith("sessions/dt=2019-10-01: expired (kept for 5 days)")
        .contains("and deleted as they were kept for 5 days");
    var hour = run(shop, "explain", "events/dt=2019-10-01/hr=07");
    assertDone(hour);
    assertThat(hour.out()).startsWith("events/dt=2019-10-01/hr=07: expired");
    var rows = run(shop, "show", "sessions", "--day=2019-10-01");
    assertThat(rows.exitCode()).isEqualTo(3);
    assertThat(rows.err()).contains("no partition dt=2019-10-01; there are 5 from dt=2019-10-02");
  }

  @Test
  void whatIsLeftIsNotTakenForAVersion() throws IOException {
    var shop = shop();
    var more = own.resolve("more.csv");
    var lines = Files.readAllLines(firstFile());
    var columns = lines.get(1).split(",", -1);
    columns[columns.length - 2] = "1";
    columns[columns.length - 1] = "one-more";
    Files.write(more, List.of(lines.get(0), String.join(",", columns)));
    assertDone(run(shop, "import", "--mapping=rees46", "--input=" + more));
    assertDone(run(shop, "pipeline"));
    assertDone(expire(shop));
    assertThat(expired(shop)).contains("sessions/dt=2019-10-01");

    var diff = run(shop, "diff", "sessions", "2019-10-01");
    assertDone(diff);
    assertThat(diff.err()).contains("(sessions/dt=2019-10-01, version 1 to 2: 1 rows added, 0 ");
  }

  @Test
  void filesThatWereImportedDoNotBringItBack() throws IOException {
    var shop = shop();
    assertDone(expire(shop));
    FileUtils.deleteDirectory(shop.resolve("_imports").toFile());
    assertDone(importInto(shop));
    assertThat(expired(shop)).isEqualTo(expectedToExpire());

    var late = own.resolve("late.csv");
    var lines = Files.readAllLines(firstFile());
    Files.write(late, List.of(lines.get(0), lines.get(1)));
    var run = run(shop, "import", "--mapping=rees46", "--input=" + late);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("Cannot import into events/dt=2019-10-01/hr=")
        .contains("the hour has expired (clickmill.expire)");
    var replaced = own.resolve("raw");
    FileUtils.copyDirectory(input.toFile(), replaced.toFile());
    var changed = replaced.resolve(input.relativize(firstFile()));
    Files.write(changed, lines.subList(0, lines.size() - 1));
    Files.deleteIfExists(changed.resolveSibling("." + changed.getFileName() + ".crc"));
    var replacing = run(shop, "import", "--mapping=rees46", "--input=" + replaced, "--replace");
    assertThat(replacing.exitCode()).isEqualTo(2);
    assertThat(replacing.err()).contains("Cannot replace ").contains("which has expired");
    assertThat(expired(shop)).isEqualTo(expectedToExpire());
  }

  private static Path firstFile() throws IOException {
    try (var files = Files.walk(input)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[^.].*\\.csv"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void whatAStaleTableIsToBeMadeFromIsKept() throws IOException {
    var shop = own.resolve("shop");
    assertDone(importInto(shop));
    var run = expire(shop);
    assertDone(run);
    assertThat(run.out())
        .contains(
            "kept: events/dt=2019-10-01/hr=00, as events_daily/dt=2019-10-01 is made from it: not"
                + " computed yet")
        .contains("0 partitions of 0 bytes expired, 48 are kept.");
    assertThat(expired(shop)).isEmpty();
  }

  @Test
  void whatTheNextDayIsToBeMadeFromIsKept() throws IOException {
    var shop = shop();
    var run = run(shop, "expire", "--as-of=2020-10-06", "-Dclickmill.expire=events_daily=5d");
    assertDone(run);
    assertThat(run.out())
        .contains(
            "kept: events_daily/dt=2019-10-06, as sessions/dt=2019-10-06 will be made from it")
        .doesNotContain("kept: events_daily/dt=2019-10-04");
    assertThat(expired(shop)).contains("events_daily/dt=2019-10-01", "events_daily/dt=2019-10-04");
  }

  @Test
  void tablesThatChangeAfterTheirInputHasExpiredAreNamedAndLeftAlone() throws IOException {
    var shop = shop();
    assertDone(expire(shop));
    var status = run(shop, "status", "--details", "-Dclickmill.view-counts.columns=none");
    assertDone(status);
    assertThat(status.out()).contains("but input has expired: events_daily/dt=2019-10-01");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "events=90|'events=90' (expected DATASET=DAYSd, as in events=90d)",
        "evens=90d|there is no dataset 'evens'. Did you mean events?",
        "customer_days=400d|customer_days=400d, but customers is made from all days of it.",
        "view_counts=10d|view_counts=10d, but trending is made from 56 days of it. Keep it for 56d",
        "sales=20d|sales=20d, but sales_trend is made from 28 days of it. Keep it for 28d or more",
        "live_sales=20d|live_sales is a live table, whose days end by themselves",
      })
  void retentionThatCannotBeIsRefused(String setting, String message) throws IOException {
    var run = run(computed, "expire", "-Dclickmill.expire=" + setting);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Invalid value of clickmill.expire: " + message.strip());
    assertThat(expired(computed)).isEmpty();
  }

  @Test
  void withoutASettingEverythingIsKept() {
    var run = run(computed, "expire");
    assertDone(run);
    assertThat(run.err()).contains("clickmill.expire names no dataset");
    assertThat(run.out()).contains("0 partitions of 0 bytes expired, 0 are kept.");
  }

  @Test
  void crashAnywhereIsMadeGoodByARerun() throws IOException {
    long changes;
    var clean = shop();
    try (var faults = Crashing.at(clean, Long.MAX_VALUE)) {
      assertDone(expire(clean, faults.options()));
      changes = faults.faults().changes();
    }
    assertThat(changes).isGreaterThan(100);
    var expected = catalog(clean);
    var crashes = CrashPoints.of(changes, 4);
    for (long crashAt : crashes.points()) {
      var description = crashes.describe(crashAt);
      var shop = shop();
      try (var faults = Crashing.at(shop, crashAt)) {
        assertThat(expire(shop, faults.options()).err()).as(description).doesNotContain("\tat ");
      }
      var rerun = expire(shop);
      assertThat(rerun.exitCode()).as(description + ": " + rerun.err()).isZero();
      assertThat(expired(shop)).as(description).isEqualTo(expectedToExpire());
      assertThat(catalog(shop).manifests()).as(description).isEqualTo(expected.manifests());
      FileUtils.deleteDirectory(shop.toFile());
    }
  }

  /** As it is once {@code clickmill.trash.keep-hours} have passed. */
  private Path expiredShop() throws IOException {
    var shop = shop();
    assertDone(expire(shop));
    FileUtils.deleteDirectory(shop.resolve("_trash").toFile());
    return shop;
  }

  private static void assertMerged(Path shop, String description) throws IOException {
    for (var partition : expectedToExpire()) {
      assertThat(shop.resolve(partition)).as(description).doesNotExist();
    }
    assertThat(shop.resolve("events/dt=2019-10-01")).as(description).doesNotExist();
    for (var dataset : List.of("events", "events_daily", "sessions")) {
      try (var files = Files.list(shop.resolve("_expired").resolve(dataset))) {
        assertThat(files).as(description).hasSize(1);
      }
    }
    try (var records = Files.list(shop.resolve("_imports"))) {
      assertThat(records).as(description).hasSize(DAYS - 2);
    }
  }

  @Test
  void whatIsLeftIsMergedOnceTheTrashIsEmptyAndKnownAsBefore() throws IOException {
    var shop = expiredShop();
    var before = catalog(shop);
    assertDone(expire(shop));
    assertMerged(shop, "merged");
    assertThat(expired(shop)).isEqualTo(expectedToExpire());
    var after = catalog(shop);
    assertThat(after.manifests()).isEqualTo(before.manifests());
    assertThat(after.firstDay()).isEqualTo(SmallShop.FIRST_DAY);

    var status = run(shop, "status");
    assertDone(status);
    assertThat(status.out())
        .contains("all fresh")
        .contains("2 partitions have expired, or their input has (--details names them)");
    assertDone(run(shop, "pipeline"));
    var explained = run(shop, "explain", "sessions", "--day=2019-10-01");
    assertDone(explained);
    assertThat(explained.out().replaceAll("\\s+", " "))
        .startsWith("sessions/dt=2019-10-01: expired (kept for 5 days)")
        .contains("and deleted as they were kept for 5 days");
    // Two of the files have no record any more, and are known from what is left of their hours.
    assertDone(importInto(shop));
    assertThat(catalog(shop).manifests()).isEqualTo(before.manifests());
    assertThat(expired(shop)).isEqualTo(expectedToExpire());
  }

  @Test
  void crashAnywhereWhileMergingLosesNothingAndARerunMergesTheRest() throws IOException {
    long changes;
    var clean = expiredShop();
    try (var faults = Crashing.at(clean, Long.MAX_VALUE)) {
      assertDone(expire(clean, faults.options()));
      changes = faults.faults().changes();
    }
    assertThat(changes).isGreaterThan(100);
    var expected = catalog(clean);
    var crashes = CrashPoints.of(changes, 4);
    for (long crashAt : crashes.points()) {
      var description = crashes.describe(crashAt);
      var shop = expiredShop();
      try (var faults = Crashing.at(shop, crashAt)) {
        assertThat(expire(shop, faults.options()).err()).as(description).doesNotContain("\tat ");
      }
      assertThat(expired(shop)).as(description).isEqualTo(expectedToExpire());
      var rerun = expire(shop);
      assertThat(rerun.exitCode()).as(description + ": " + rerun.err()).isZero();
      assertMerged(shop, description);
      assertThat(expired(shop)).as(description).isEqualTo(expectedToExpire());
      assertThat(catalog(shop).manifests()).as(description).isEqualTo(expected.manifests());
      FileUtils.deleteDirectory(shop.toFile());
    }
  }
}
