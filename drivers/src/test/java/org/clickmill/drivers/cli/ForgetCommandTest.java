package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.privacy.IdHash;
import org.clickmill.formats.privacy.PrivacyKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Set {@code clickmill.test.crashes} to crash more often, {@code clickmill.test.seed} to repeat.
 */
final class ForgetCommandTest {
  private static final int EVENTS_A_DAY = 300;
  private static final long SEED = Long.getLong("clickmill.test.seed", 20);

  /** What a crash leaves counts as dead at once. */
  private static final String QUIET = "-Dclickmill.forget.quiet-minutes=0";

  private static final WarehouseSearch SEARCH =
      new WarehouseSearch(List.of(PersonalShop.USER, PersonalShop.VISITOR));

  private static final WarehouseSearch SEARCH_OF_VISITOR =
      new WarehouseSearch(List.of(PersonalShop.VISITOR_OF_USER));

  @TempDir static Path folder;
  private static Path computed;
  private static SortedMap<String, String> expected;
  private static SortedMap<String, String> expectedWithVisitors;

  @TempDir Path own;

  @BeforeAll
  static void makeShops() throws IOException {
    var raw = PersonalShop.write(folder.resolve("raw"), SEED, EVENTS_A_DAY, line -> true);
    computed = shopOf(raw, "computed");
    var without = PersonalShop.without(PersonalShop.USER, PersonalShop.VISITOR);
    var others = PersonalShop.write(folder.resolve("others/raw"), SEED, EVENTS_A_DAY, without);
    expected = rows(shopOf(others, "never"));
    var withoutAll =
        PersonalShop.without(PersonalShop.USER, PersonalShop.VISITOR, PersonalShop.VISITOR_OF_USER);
    var rest = PersonalShop.write(folder.resolve("rest/raw"), SEED, EVENTS_A_DAY, withoutAll);
    expectedWithVisitors = rows(shopOf(rest, "never-with-visitors"));
  }

  private static Path shopOf(Path raw, String name) {
    var shop = folder.resolve(name);
    assertDone(run(shop, "import", "--mapping=clickmill", "--input=" + raw));
    assertDone(run(shop, "pipeline"));
    return shop;
  }

  /** The rows of all tables; rejects are by run. */
  private static SortedMap<String, String> rows(Path shop) throws IOException {
    var rows = SmallShop.rows(SmallShop.warehouse(shop));
    rows.keySet().removeIf(partition -> partition.startsWith("rejects/"));
    return rows;
  }

  private Path shop() throws IOException {
    var shop = own.resolve("shop-" + new Random().nextInt(1 << 20));
    FileUtils.copyDirectory(computed.toFile(), shop.toFile());
    return shop;
  }

  private Path ids(String... ids) throws IOException {
    return Files.write(own.resolve("ids-" + new Random().nextInt(1 << 20)), List.of(ids));
  }

  private static CommandRun run(Path shop, String... arguments) {
    var line = new ArrayList<>(List.of(arguments));
    line.add("--warehouse=" + shop);
    line.add("-Dclickmill.input.max-reject-ratio=0.05");
    line.add(
        "-Dclickmill.summary.tables="
            + "daily_summary,traffic,orders,product_performance,dwell,user_funnel");
    line.add("-Dclickmill.customers.tables=customer_activity,cohorts,identities");
    return CommandRun.of(line.toArray(String[]::new));
  }

  private CommandRun forget(Path shop, String... arguments) throws IOException {
    var line = new ArrayList<>(List.of("forget", QUIET));
    line.add("--user=" + ids(PersonalShop.USER));
    line.add("--visitor=" + ids(PersonalShop.VISITOR));
    line.addAll(List.of(arguments));
    return run(shop, line.toArray(String[]::new));
  }

  private static void assertDone(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void nothingIsLeftAndAllTablesAreThoseOfAWarehouseThatNeverSawThem() throws IOException {
    var shop = shop();
    assertThat(SEARCH.in(shop))
        .as("the search finds them before")
        .anyMatch(file -> file.startsWith("events/"))
        .anyMatch(file -> file.startsWith("events_daily/"))
        .anyMatch(file -> file.startsWith("rejects/"))
        .anyMatch(file -> file.startsWith("sessions/"))
        .anyMatch(file -> file.startsWith("open_sessions/"))
        .anyMatch(file -> file.startsWith("customers/"))
        .anyMatch(file -> file.startsWith("user_steps/"))
        .anyMatch(file -> file.startsWith("orders/"));
    var receipt = own.resolve("receipt.json");
    var run = forget(shop, "--receipt=" + receipt);
    assertDone(run);
    assertThat(SEARCH.in(shop)).isEmpty();
    assertThat(rows(shop)).isEqualTo(expected);
    assertThat(run(shop, "status").out()).contains("all fresh");
    var written = new ObjectMapper().readTree(receipt.toFile());
    assertThat(written.path("rows").asLong()).isGreaterThan(500);
    assertThat(written.path("users").asInt()).isEqualTo(1);
    assertThat(written.path("recomputed").asLong()).isGreaterThan(50);
    assertThat(Files.readString(receipt)).doesNotContain(PersonalShop.USER, PersonalShop.VISITOR);
    assertThat(run.out()).doesNotContain(PersonalShop.USER, PersonalShop.VISITOR);

    // Neither this run nor those before have left what looks like a run at work.
    var again = run(shop, "forget", "--user=" + ids(PersonalShop.USER));
    assertDone(again);
    assertThat(again.out()).contains("0 partitions of 0 bytes held 0 rows of the persons");
    assertThat(rows(shop)).isEqualTo(expected);
  }

  @Test
  void visitorsOfAUserAreForgottenWithTheUserUnlessOthersWereSeenWithThem() throws IOException {
    var shop = shop();
    assertThat(SEARCH_OF_VISITOR.in(shop)).isNotEmpty();
    var receipt = own.resolve("receipt.json");
    assertDone(forget(shop, "--with-visitors", "--receipt=" + receipt));
    assertThat(SEARCH.in(shop)).isEmpty();
    assertThat(SEARCH_OF_VISITOR.in(shop)).isEmpty();
    assertThat(rows(shop)).isEqualTo(expectedWithVisitors);
    assertThat(new ObjectMapper().readTree(receipt.toFile()).path("visitors").asInt()).isEqualTo(2);
  }

  @Test
  void sketchesAndAggregatesStayAsTheyAreWhereTheUserWantsThat() throws IOException {
    var shop = shop();
    var before = SmallShop.manifests(SmallShop.warehouse(shop));
    assertDone(forget(shop, "--keep-sketches"));
    assertThat(SEARCH.in(shop)).isEmpty();
    var after = SmallShop.manifests(SmallShop.warehouse(shop));
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach(
        (partition, manifest) ->
            assertThat(manifest.version())
                .as(partition.toString())
                .isEqualTo(before.get(partition).version()));
    assertThat(rows(shop))
        .containsEntry("sales/dt=2024-03-02", fingerprint(before, "sales/dt=2024-03-02"))
        .containsEntry(
            "view_counts/dt=2024-03-02", fingerprint(before, "view_counts/dt=2024-03-02"))
        .containsEntry("events_daily/dt=2024-03-02", expected.get("events_daily/dt=2024-03-02"))
        .containsEntry("customer_days/dt=2024-03-02", expected.get("customer_days/dt=2024-03-02"));
    assertThat(run(shop, "status").out()).contains("all fresh");
    assertDone(run(shop, "pipeline"));
    assertThat(SmallShop.manifests(SmallShop.warehouse(shop))).isEqualTo(after);
  }

  private static String fingerprint(
      SortedMap<org.clickmill.formats.warehouse.Partition, org.clickmill.formats.warehouse.Manifest>
          manifests,
      String partition) {
    return manifests.entrySet().stream()
        .filter(entry -> entry.getKey().toString().equals(partition))
        .map(entry -> entry.getValue().fingerprint().toString())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void filesThatAreImportedAgainDoNotBringThemBack() throws IOException {
    var shop = shop();
    assertDone(forget(shop));
    var raw = folder.resolve("raw");
    assertDone(run(shop, "import", "--mapping=clickmill", "--input=" + raw, "--source-name=again"));
    assertDone(run(shop, "pipeline"));
    assertThat(SEARCH.in(shop)).isEmpty();
    var after = rows(shop);
    after.keySet().removeIf(partition -> partition.startsWith("events/"));
    var others = new TreeMap<>(expected);
    others.keySet().removeIf(partition -> partition.startsWith("events/"));
    assertThat(after).isEqualTo(others);
  }

  @Test
  void whereIdsAreHashedTheFileHasThemAsTheyAreOutside() throws IOException {
    var key = Files.write(own.resolve("key"), new byte[32]);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    var hashed = "-Dclickmill.user-id.hash-key-file=" + key;
    var shop = own.resolve("hashed");
    var raw = folder.resolve("raw");
    assertDone(run(shop, "import", "--mapping=clickmill", "--input=" + raw, hashed));
    assertDone(run(shop, "pipeline", hashed));
    var id = new IdHash(PrivacyKey.read(key.toString(), new Configuration()));
    var search = new WarehouseSearch(List.of(id.of(PersonalShop.USER), PersonalShop.USER));
    assertThat(search.in(shop)).isNotEmpty();
    assertDone(run(shop, "forget", QUIET, "--user=" + ids(PersonalShop.USER), hashed));
    assertThat(search.in(shop)).isEmpty();
  }

  @Test
  void dryRunNamesPartitionsAndBytesAndChangesNothing() throws IOException {
    var shop = shop();
    var before = SEARCH.in(shop);
    var size = FileUtils.sizeOfDirectory(shop.toFile());
    var run = forget(shop, "--dry-run");
    assertDone(run);
    assertThat(run.out())
        .containsPattern("events_daily/dt=2024-03-01  [0-9]+ rows  [0-9,]+ bytes")
        .containsPattern("hold [0-9,]+ rows of the persons")
        .contains("Nothing was changed.")
        .doesNotContain(PersonalShop.USER);
    assertThat(SEARCH.in(shop)).isEqualTo(before);
    assertThat(FileUtils.sizeOfDirectory(shop.toFile())).isEqualTo(size);
  }

  @Test
  void manyPersonsAreForgottenAsOneIs() throws IOException {
    var shop = shop();
    var many = new ArrayList<String>();
    many.add(PersonalShop.USER);
    IntStream.range(0, 1000).forEach(i -> many.add("nobody-" + i));
    var run =
        run(
            shop,
            "forget",
            QUIET,
            "--user=" + ids(many.toArray(String[]::new)),
            "--visitor=" + ids(PersonalShop.VISITOR));
    assertDone(run);
    assertThat(SEARCH.in(shop)).isEmpty();
    assertThat(rows(shop)).isEqualTo(expected);
  }

  @Test
  void anIdThatNobodyHasIsNoError() throws IOException {
    var shop = shop();
    var before = SmallShop.manifests(SmallShop.warehouse(shop));
    Files.createDirectory(shop.resolve("former_metric"));
    var receipt = own.resolve("receipt.json");
    var run = run(shop, "forget", "--user=" + ids("nobody"), "--receipt=" + receipt);
    assertDone(run);
    assertThat(run.out()).contains("0 partitions of 0 bytes held 0 rows of the persons");
    var written = new ObjectMapper().readTree(receipt.toFile());
    assertThat(written.path("rows").asLong(-1)).isZero();
    assertThat(written.path("partitions").size()).isZero();
    assertThat(written.path("notSearched").toString()).isEqualTo("[\"former_metric\"]");
    assertThat(run.err()).contains("former_metric is no table that the settings know");
    assertThat(SmallShop.manifests(SmallShop.warehouse(shop))).isEqualTo(before);
  }

  @Test
  void whatIsWrongWithTheIdsIsSaid() throws IOException {
    var none = run(computed, "forget");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("Missing option: --user FILE or --visitor FILE");
    var missing = run(computed, "forget", "--user=" + own.resolve("nowhere"));
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("Invalid value of --user: cannot read ");
    var empty = run(computed, "forget", "--visitor=" + ids("", " "));
    assertThat(empty.exitCode()).isEqualTo(2);
    assertThat(empty.err()).contains("Invalid value of --visitor: ").contains(" has no ids");
    var binary = Files.write(own.resolve("binary"), new byte[] {(byte) 0xc3, 0x28});
    var invalid = run(computed, "forget", "--user=" + binary);
    assertThat(invalid.exitCode()).isEqualTo(2);
    assertThat(invalid.err()).contains(" is not text in UTF-8");
  }

  @Test
  void anotherRunAtWorkIsWaitedFor() throws IOException {
    var shop = shop();
    var staging = Files.createDirectories(shop.resolve("_staging/20240301-010203-abcdef.load"));
    Files.writeString(staging.resolve("part"), PersonalShop.USER);
    var before = SmallShop.manifests(SmallShop.warehouse(shop));
    var held = run(shop, "forget", "--user=" + ids(PersonalShop.USER));
    assertThat(held.exitCode()).isEqualTo(5);
    assertThat(held.err())
        .contains(
            "Cannot forget while another run is at work: 20240301-010203-abcdef.load has staged"
                + " files")
        .contains("clickmill.forget.quiet-minutes");
    assertThat(SmallShop.manifests(SmallShop.warehouse(shop))).isEqualTo(before);
    assertDone(forget(shop));
    assertThat(SEARCH.in(shop)).isEmpty();
    assertThat(staging).doesNotExist();
  }

  @Test
  void crashAnywhereIsMadeGoodByARerun() throws IOException {
    long changes;
    var clean = shop();
    try (var faults = Crashing.at(clean, Long.MAX_VALUE)) {
      assertDone(forget(clean, faults.options()));
      changes = faults.faults().changes();
    }
    assertThat(rows(clean)).isEqualTo(expected);
    var crashes = CrashPoints.of(changes, 2);
    for (long crashAt : crashes.points()) {
      boolean keepsSketches = crashAt % 3 == 2;
      var description = crashes.describe(crashAt) + ", " + keepsSketches;
      var shop = shop();
      var options = new ArrayList<>(List.of("--with-visitors"));
      if (keepsSketches) {
        options.add("--keep-sketches");
      }
      var rerunOptions = List.copyOf(options);
      try (var faults = Crashing.at(shop, crashAt)) {
        options.addAll(List.of(faults.options()));
        var crashed = forget(shop, options.toArray(String[]::new));
        assertThat(crashed.err()).as(description).doesNotContain("\tat ");
      }
      var receipt = own.resolve("receipt-" + crashAt);
      var again = new ArrayList<>(rerunOptions);
      again.add("--receipt=" + receipt);
      var rerun = forget(shop, again.toArray(String[]::new));
      assertThat(rerun.exitCode()).as(description + ": " + rerun.err()).isZero();
      assertThat(receipt).as(description).exists();
      assertThat(SEARCH.in(shop)).as(description).isEmpty();
      assertThat(SEARCH_OF_VISITOR.in(shop)).as(description).isEmpty();
      if (!keepsSketches) {
        assertThat(rows(shop)).as(description).isEqualTo(expectedWithVisitors);
      }
      assertThat(run(shop, "status").out()).as(description).contains("all fresh");
      FileUtils.deleteDirectory(shop.toFile());
    }
  }
}
