package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileUtil;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands one after the other, as a user of a laptop runs them. */
final class PipelineTest {
  private static final String OLD_DAY = "dt=2019-10-01";
  private static final List<String> TABLES_OF_EVENTS =
      List.of(
          "sales",
          "sales_by_brand",
          "sales_by_category",
          "sales_by_product",
          "sales_hourly",
          "view_counts",
          "view_counts_hourly");

  @TempDir static Path folder;

  private static Path imported;
  private static Path finished;

  @TempDir Path own;

  private Path shop;

  @BeforeAll
  static void makeWarehouses() throws IOException {
    var input = SmallShop.generate(folder.resolve("raw"), 600, 3);
    imported = folder.resolve("imported");
    succeed("import", "--mapping=rees46", "--input=" + input, "--warehouse=" + imported);
    finished = folder.resolve("finished");
    copy(imported, finished);
    succeed("pipeline", "--warehouse=" + finished);
  }

  @BeforeEach
  void copyWarehouse() throws IOException {
    shop = own.resolve("shop");
    copy(finished, shop);
  }

  @Test
  void rerunDoesNothingAndSaysWhy() throws IOException {
    var before = manifests();
    var rerun = succeed("pipeline", "--warehouse=" + shop);
    assertThat(rerun.out())
        .isEqualTo("Nothing to do: 75 partitions are fresh (2019-10-01 to 2019-10-03).\n");
    var dryRun = succeed("pipeline", "--dry-run", "--warehouse=" + shop);
    assertThat(dryRun.out()).isEqualTo("Nothing to do: 75 partitions are fresh.\n");
    assertThat(manifests()).isEqualTo(before);
  }

  @Test
  void reportOfTheLastDayIsWrittenWithIt() throws IOException {
    var page = own.resolve("report.html");
    var options = new String[] {"--day=2019-10-03", "--report-from=2019-10-02"};
    succeed("pipeline", options[0], options[1], "--report=" + page, "--warehouse=" + shop);
    var same = own.resolve("same.html");
    succeed(
        "report",
        "--from=2019-10-02",
        "--to=2019-10-03",
        "--output=" + same,
        "--warehouse=" + shop);
    assertThat(withoutTimes(page)).contains("2019-10-02").isEqualTo(withoutTimes(same));
  }

  @Test
  void reportFromADayIsRefusedWithoutAReportOrAfterTheLastDay() {
    var alone = CommandRun.of("pipeline", "--report-from=2019-10-02", "--warehouse=" + shop);
    assertThat(alone.exitCode()).isEqualTo(2);
    assertThat(alone.err()).contains("Invalid option: --report-from goes with --report FILE");
    var page = own.resolve("report.html");
    var late =
        CommandRun.of(
            "pipeline",
            "--day=2019-10-02",
            "--report=" + page,
            "--report-from=2019-10-03",
            "--warehouse=" + shop);
    assertThat(late.exitCode()).isEqualTo(2);
    assertThat(late.err())
        .contains("Invalid value of --report-from: 2019-10-03 is after the last day, 2019-10-02");
    assertThat(page).doesNotExist();
  }

  @Test
  void namedTablesAreMadeWithWhatTheyAreMadeFrom() throws IOException {
    var other = own.resolve("other");
    copy(imported, other);
    succeed("pipeline", "--tables=top_products,funnel", "--warehouse=" + other);
    try (var folders = Files.list(other)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .filteredOn(name -> !name.startsWith("_"))
          .containsExactlyInAnyOrder(
              "events",
              "events_daily",
              "view_counts",
              "top_products",
              "open_sessions",
              "funnel_sessions",
              "funnel");
    }
  }

  @Test
  void tableThatThereIsNotIsNamed() {
    var result = CommandRun.of("pipeline", "--tables=funnel,nothing", "--warehouse=" + shop);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("Invalid table: 'nothing'", "view_counts");
  }

  @Test
  void dryRunOverDaysWithoutInputIsShortAndEndsAsTheRun() {
    var days = List.of("--from=2019-07-01", "--to=2019-09-30");
    var dryRun = CommandRun.of(line("pipeline", days, "--dry-run"));
    assertThat(dryRun.exitCode()).isEqualTo(CommandRun.of(line("pipeline", days)).exitCode());
    assertThat(dryRun.exitCode()).isEqualTo(3);
    assertThat(dryRun.err())
        .matches("clickmill pipeline: Cannot compute [0-9]+ partitions: their input is missing\n");
    assertThat(dryRun.out())
        .startsWith(
            "Not ready:\n"
                + "  events_daily/dt=2019-07-01 to dt=2019-09-30  (92 partitions; the first: missing"
                + " input: events/dt=2019-07-01/hr=00, ")
        .contains("Nothing to recompute: ")
        .doesNotContain("Nothing to do");
    assertThat(dryRun.out().lines().count()).isLessThan(20);
    var json = CommandRun.of(line("pipeline", days, "--dry-run", "--json"));
    assertThat(json.exitCode()).isEqualTo(3);
  }

  private String[] line(String command, List<String> options, String... more) {
    var line = new ArrayList<>(List.of(command, "--warehouse=" + shop));
    line.addAll(options);
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  @Test
  void dryRunLeavesOutTheDaysThatTheRunLeavesOut() throws IOException {
    // A day of which nothing is there, before all that was computed: nothing waits for it.
    var before = shop.resolve("events/dt=2019-09-28");
    Files.createDirectory(before);
    copy(shop.resolve("events/dt=2019-10-01/hr=05"), before.resolve("hr=05"));
    var run = succeed("pipeline", "--to=2019-09-29", "--warehouse=" + shop);
    assertThat(run.out()).startsWith("Nothing to do: ");
    var dryRun = succeed("pipeline", "--to=2019-09-29", "--dry-run", "--warehouse=" + shop);
    assertThat(dryRun.out()).startsWith("Nothing to do: ");
  }

  @Test
  void statusSaysThatAllIsFreshOrOnlyWhatIsNot() {
    assertThat(succeed("status", "--details", "--warehouse=" + shop).out())
        .endsWith("0 rejects\nall fresh (75)\n");
    var limit = "-Dclickmill.top-products.limit=3";
    assertThat(succeed("status", limit, "--warehouse=" + shop).out())
        .containsPattern("(?m)^top_products +0 +3 +0 +0 +0$")
        .doesNotContain("view_counts")
        .containsPattern("\n[0-9]+ other tables: all fresh \\(72\\)\n$");
    assertThat(succeed("status", limit, "--details", "--warehouse=" + shop).out())
        .endsWith(
            "Stale:\n"
                + "  top_products/dt=2019-10-01 to dt=2019-10-03  (3 partitions; the first: setting"
                + " changed: clickmill.top-products.limit from 100 to 3)\n");
  }

  @Test
  void statusOfADayBeforeTheLastSnapshotIsFresh() throws IOException {
    var status = json("status", "--day=2019-10-01", "--json", "--warehouse=" + shop);
    assertThat(partitions(status.get("plan"), "stale")).isEmpty();
    assertThat(status.get("tables").toString()).contains("\"clv\"", "\"customers\"");
    assertThat(succeed("status", "--day=2019-10-01", "--warehouse=" + shop).out())
        .contains("\nall fresh (");
  }

  @Test
  void statusOfSomeTablesHasOnlyThese() throws IOException {
    var status = json("status", "--tables=funnel,sales", "--json", "--warehouse=" + shop);
    assertThat(status.get("tables")).hasSize(2);
    assertThat(status.at("/plan/fresh").asInt()).isEqualTo(6);
    assertThat(succeed("status", "--tables=funnel", "--warehouse=" + shop).out())
        .endsWith("all fresh (3)\n");
  }

  @Test
  void misspeltTableGetsTheNearestName() {
    for (var command : List.of("status", "pipeline")) {
      var run = CommandRun.of(command, "--tables=sales,funel", "--warehouse=" + shop);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err())
          .startsWith(
              "clickmill "
                  + command
                  + ": Invalid table: 'funel'. Did you mean funnel? The settings");
    }
    var run = CommandRun.of("status", "--tables=sales_minutely", "--warehouse=" + shop);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'sales_minutely': the settings do not ask for it, but for ");
  }

  @Test
  void importOfTheSameFilesDoesNothingAndSaysWhy() throws IOException {
    var before = manifests();
    var rerun =
        succeed(
            "import",
            "--mapping=rees46",
            "--input=" + folder.resolve("raw"),
            "--warehouse=" + shop);
    assertThat(rerun.out()).isEqualTo("Nothing to do: 3 of 3 files were imported before.\n");
    assertThat(manifests()).isEqualTo(before);
  }

  @Test
  void oneMoreFileOfAnOldDayMakesOnlyThatDayStale() throws IOException {
    var before = manifests();
    importOneView();

    var plan = json("pipeline", "--dry-run", "--json", "--warehouse=" + shop);
    assertThat(partitions(plan, "stale")).containsExactly("events_daily/" + OLD_DAY);
    assertThat(plan.at("/stale/0/reason").asText())
        .isEqualTo("input changed: events/" + OLD_DAY + "/hr=07 from version 1 to 2");
    assertThat(partitions(plan, "mayBecomeStale"))
        .containsAll(TABLES_OF_EVENTS.stream().map(table -> table + "/" + OLD_DAY).toList())
        // A session may go on after midnight, and a window of days holds the old one.
        .contains("sessions/dt=2019-10-03", "trending/dt=2019-10-03", "customers/dt=2019-10-03")
        .doesNotContain("events_daily/dt=2019-10-02", "top_products/dt=2019-10-02");
    var text = succeed("pipeline", "--dry-run", "--warehouse=" + shop).out();
    assertThat(text)
        .startsWith("Stale:\n  events_daily/" + OLD_DAY + "  (input changed: ")
        .contains("May become stale:\n", "  top_products/" + OLD_DAY + "  (input is stale: ")
        .contains("1 partitions to recompute from ", "Nothing was run.");

    var report = json("pipeline", "--json", "--warehouse=" + shop);
    assertThat(report.at("/steps/0/step").asText()).isEqualTo("compact");
    assertThat(report.at("/steps/0/partitions").asInt()).isEqualTo(1);
    var changed = new TreeSet<String>();
    manifests()
        .forEach(
            (partition, manifest) -> {
              if (manifest.version() != before.get(partition).version()) {
                changed.add(partition.toString());
              }
            });
    assertThat(changed)
        .containsExactlyInAnyOrder(
            "events/" + OLD_DAY + "/hr=07",
            "events_daily/" + OLD_DAY,
            "view_counts/" + OLD_DAY,
            "view_counts_hourly/" + OLD_DAY,
            "top_products/" + OLD_DAY,
            "sessions/" + OLD_DAY,
            "funnel_sessions/" + OLD_DAY,
            "funnel/" + OLD_DAY,
            "funnel_by_brand/" + OLD_DAY,
            "funnel_by_category/" + OLD_DAY,
            "interactions_days/" + OLD_DAY,
            "trending/" + OLD_DAY,
            "trending/dt=2019-10-02",
            "trending/dt=2019-10-03",
            "interactions/dt=2019-10-03",
            "interactions_users/dt=2019-10-03",
            "interactions_products/dt=2019-10-03");
  }

  @Test
  void unchangedTablesKeepVersionAndFiles() throws IOException {
    var before = manifests();
    importOneView();
    succeed("pipeline", "--warehouse=" + shop);
    var after = manifests();
    for (var table : List.of("events_daily", "view_counts", "view_counts_hourly")) {
      var partition = new Partition(table, OLD_DAY);
      assertThat(after.get(partition).version()).as(table).isEqualTo(2);
    }
    for (var table : List.of("sales_by_brand", "sales_by_product")) {
      var partition = new Partition(table, OLD_DAY);
      assertThat(after.get(partition).version()).as(table).isEqualTo(1);
      assertThat(after.get(partition).revision()).as(table).isEqualTo(2);
      assertThat(after.get(partition).files()).as(table).isEqualTo(before.get(partition).files());
      assertThat(after.get(partition).inputs().get(0).version()).as(table).isEqualTo(2);
    }
    SmallShop.assertTidy(SmallShop.warehouse(shop), "after one more file");
    assertThat(succeed("pipeline", "--warehouse=" + shop).out()).startsWith("Nothing to do: ");
  }

  @Test
  void changedSettingMakesJustItsTableStale() throws IOException {
    var before = manifests();
    var setting = "-Dclickmill.top-products.limit=3";
    var plan = json("pipeline", "--dry-run", "--json", setting, "--warehouse=" + shop);
    assertThat(partitions(plan, "stale"))
        .containsExactly(
            "top_products/dt=2019-10-01",
            "top_products/dt=2019-10-02",
            "top_products/dt=2019-10-03");
    assertThat(plan.at("/stale/0/reason").asText())
        .isEqualTo("setting changed: clickmill.top-products.limit from 100 to 3");
    assertThat(partitions(plan, "mayBecomeStale")).isEmpty();

    succeed("pipeline", setting, "--warehouse=" + shop);
    manifests()
        .forEach(
            (partition, manifest) -> {
              if (partition.dataset().equals("top_products")) {
                assertThat(manifest.fingerprint().rows()).as("%s", partition).isEqualTo(3);
              } else {
                assertThat(manifest).isEqualTo(before.get(partition));
              }
            });
  }

  @Test
  void windowThatIsLongerThanTheDataIsTold() throws IOException {
    var setting = "-Dclickmill.trending.windows=400";
    var wrong = CommandRun.of("trending", setting, "--warehouse=" + shop);
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("Invalid value of clickmill.trending.windows: '400'");
    var run = succeed("trending", "-Dclickmill.trending.windows=1,90", "--warehouse=" + shop);
    assertThat(run.out()).contains("trending; days before 2019-10-01 count as empty");
  }

  @Test
  void clvHoldsOutWeeksAndFitsCohortsWhereItIsTold() throws IOException {
    var options = List.of("--holdout-weeks=1", "--acquired-since=2019-10-02", "--fit-by=month");
    var command = new ArrayList<>(List.of("clv", "--warehouse=" + shop));
    command.addAll(options);
    var run = succeed(command.toArray(String[]::new));
    assertThat(run.err())
        .contains(
            "clv_calibration of 2019-10-03 is empty: nobody whom models are fitted to bought");
    var model = manifests().get(Partition.ofDay("clv_model", LocalDate.of(2019, 10, 3)));
    assertThat(model.fingerprint().rows()).isEqualTo(2);
    assertThat(model.settings())
        .containsEntry("clickmill.clv.acquired-since", "2019-10-02")
        .containsEntry("clickmill.clv.fit-by", "MONTH");
    var wrong = CommandRun.of("clv", "--fit-by=week", "--warehouse=" + shop);
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err())
        .contains(
            "Invalid value of clickmill.clv.fit-by: 'week' (expected one of all, year, quarter,"
                + " month)");
  }

  @Test
  void missingHourIsNamedAfterTheRestIsDone() throws IOException {
    var lacking = own.resolve("lacking");
    copy(imported, lacking);
    assertThat(FileUtil.fullyDelete(lacking.resolve("events/dt=2019-10-02/hr=05").toFile()))
        .isTrue();
    var run = CommandRun.of("pipeline", "--warehouse=" + lacking);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "clickmill pipeline: Cannot compute 41 partitions, the rest is done:\n",
            "  events_daily/dt=2019-10-02: missing input: events/dt=2019-10-02/hr=05\n");
    var done =
        SmallShop.manifests(SmallShop.warehouse(lacking)).keySet().stream()
            .filter(partition -> !partition.dataset().equals("events"))
            .map(Partition::path)
            .toList();
    assertThat(done).hasSize(34).doesNotContain("dt=2019-10-02");
    var status = json("status", "--json", "--warehouse=" + lacking);
    assertThat(status.at("/plan/notReady")).hasSize(41);

    succeed("pipeline", "--day=2019-10-02", "--allow-incomplete", "--warehouse=" + lacking);
    var day = new Partition("events_daily", "dt=2019-10-02");
    assertThat(SmallShop.manifests(SmallShop.warehouse(lacking)).get(day).inputs())
        .contains(new Manifest.Input("events", "dt=2019-10-02/hr=05", 0));
  }

  @Test
  void emptyWarehouseHasNothingToDo() throws IOException {
    var empty = Files.createDirectory(own.resolve("empty"));
    var run = succeed("pipeline", "--warehouse=" + empty);
    assertThat(run.out()).isEqualTo("Nothing to do: 0 partitions are fresh.\n");
  }

  @Test
  void dayBeforeTheFirstEventsIsNotReady() {
    var run = CommandRun.of("pipeline", "--day=2019-09-30", "--warehouse=" + shop);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "events_daily/dt=2019-09-30: missing input: events/dt=2019-09-30/hr=00,"
                + " events/dt=2019-09-30/hr=01, events/dt=2019-09-30/hr=02 and 21 more\n");
  }

  @Test
  void fromAfterToIsWrongUsage() {
    var run =
        CommandRun.of("pipeline", "--from=2019-10-02", "--to=2019-10-01", "--warehouse=" + shop);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "clickmill pipeline: Invalid range of days: --from 2019-10-02 is after --to"
                + " 2019-10-01\n");
  }

  @Test
  void unknownSettingIsWrongUsageAndTheNearestIsNamed() {
    var run = CommandRun.of("pipeline", "-Dclickmill.top-product.limit=3", "--warehouse=" + shop);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "clickmill pipeline: Unknown setting: clickmill.top-product.limit. Did you mean"
                + " clickmill.top-products.limit?\n");
  }

  @Test
  void missingWarehouseIsWrongUsage() {
    var nowhere = own.resolve("nowhere");
    for (var command : List.of("compact", "analyze", "pipeline", "status", "report")) {
      var run = CommandRun.of(command, "--warehouse=" + nowhere);
      assertThat(run.exitCode()).as(command).isEqualTo(2);
      assertThat(run.err())
          .isEqualTo(
              "clickmill %s: Missing warehouse: file:%s (import or load creates one)\n"
                  .formatted(command, nowhere));
      assertThat(nowhere).doesNotExist();
    }
  }

  @Test
  void unknownMappingIsWrongUsageAndLeavesNoWarehouse() {
    var nowhere = own.resolve("nowhere");
    var run =
        CommandRun.of(
            "import",
            "--mapping=ress46",
            "--input=" + folder.resolve("raw"),
            "--warehouse=" + nowhere);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("clickmill import: ").contains("ress46", "rees46");
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void commandsOneByOneMakeTheTablesOfThePipeline() throws IOException {
    var stepwise = own.resolve("stepwise");
    copy(imported, stepwise);
    for (var command :
        List.of(
            "compact",
            "view-counts",
            "sales",
            "sessions",
            "customers",
            "interactions",
            "top-products",
            "trending",
            "sales-trend",
            "funnel",
            "clv")) {
      succeed(command, "--warehouse=" + stepwise);
    }
    assertThat(SmallShop.rows(SmallShop.warehouse(stepwise)))
        .isEqualTo(SmallShop.rows(SmallShop.warehouse(finished)));
    assertThat(succeed("pipeline", "--warehouse=" + stepwise).out()).startsWith("Nothing to do: ");
  }

  @Test
  void everyResultIsJsonWhenAsked() throws IOException {
    var input = folder.resolve("raw");
    var fresh = own.resolve("fresh");
    assertThat(
            json("import", "--json", "--mapping=rees46", "--input=" + input, "--warehouse=" + fresh)
                .get("written")
                .asLong())
        .isEqualTo(600);
    for (var command : List.of("compact", "view-counts", "sales", "analyze", "top-products")) {
      assertThat(json(command, "--json", "--warehouse=" + fresh).get("steps"))
          .as(command)
          .isNotEmpty();
    }
    assertThat(json("pipeline", "--json", "--warehouse=" + fresh).at("/steps/0/partitions").asInt())
        .isZero();
    assertThat(SmallShop.rows(SmallShop.warehouse(fresh)))
        .isEqualTo(SmallShop.rows(SmallShop.warehouse(finished)));
    assertThat(json("config", "--json")).isNotEmpty();
  }

  /** A view of a product in an hour of its own: no sale changes. */
  private void importOneView() throws IOException {
    var late = own.resolve("late.csv");
    Files.writeString(
        late,
        "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session\n"
            + "2019-10-01 07:30:00 UTC,view,late-1,,,,1.50,late-user,late-session\n");
    succeed("import", "--mapping=rees46", "--input=" + late, "--warehouse=" + shop);
  }

  private SortedMap<Partition, Manifest> manifests() throws IOException {
    return SmallShop.manifests(SmallShop.warehouse(shop));
  }

  private static List<String> partitions(JsonNode plan, String state) {
    var partitions = new ArrayList<String>();
    plan.get(state).forEach(line -> partitions.add(line.get("partition").asText()));
    return partitions;
  }

  /** A page without the time at which it was written. */
  private static String withoutTimes(Path page) throws IOException {
    return Files.readString(page).replaceAll("\"createdAt\":\"[^\"]+\"", "now");
  }

  private static JsonNode json(String... arguments) throws IOException {
    return new ObjectMapper().readTree(succeed(arguments).out());
  }

  private static CommandRun succeed(String... arguments) {
    var run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
