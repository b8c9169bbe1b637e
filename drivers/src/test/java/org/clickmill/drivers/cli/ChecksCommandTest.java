package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks as a user of the command line meets them. */
final class ChecksCommandTest {
  private static final String DAY = "dt=2019-10-02";

  @TempDir static Path folder;

  private static Path imported;

  @TempDir Path own;

  private Path shop;

  @BeforeAll
  static void importEvents() throws IOException {
    var input = SmallShop.generate(folder.resolve("raw"), 600, 3);
    imported = folder.resolve("imported");
    var run =
        CommandRun.of("import", "--mapping=rees46", "--input=" + input, "--warehouse=" + imported);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @BeforeEach
  void copyWarehouse() throws IOException {
    shop = own.resolve("shop");
    copy(imported, shop);
  }

  @Test
  void failedCheckStopsADayUntilItIsAccepted() throws IOException {
    var checks =
        checks(
            "checks:\n"
                + "  - name: few_orders\n"
                + "    table: sales\n"
                + "    range: {column: orders, least: 1000}\n"
                + "  - name: prices\n"
                + "    table: events_daily\n"
                + "    range: {column: price, least: 0}\n");
    var stopped = pipeline(checks, "--to=2019-10-02");
    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(4);
    assertThat(stopped.err())
        .contains(
            "Cannot publish 2 partitions, the rest is done: a check failed (to publish them as they"
                + " are, name it: --accept-check NAME --reason TEXT):",
            "sales/dt=2019-10-01: check few_orders: orders is from ",
            "sales/dt=2019-10-02: check few_orders: orders is from ")
        .doesNotContain("prices");
    assertThat(Files.exists(shop.resolve("sales").resolve(DAY))).isFalse();
    assertThat(Files.exists(shop.resolve("sessions").resolve(DAY))).isTrue();
    assertThat(show())
        .contains("sales,few_orders,range,fail,stopped,")
        .contains("events_daily,prices,range,fail,passed,");

    var accepted =
        pipeline(
            checks,
            "--tables=sales",
            "--day=2019-10-02",
            "--accept-check=few_orders",
            "--reason=a quiet day");
    assertThat(accepted.exitCode()).as(accepted.err()).isZero();
    var explained = CommandRun.of("explain", "sales/" + DAY, "--warehouse=" + shop);
    assertThat(explained.out()).contains("accepted   check few_orders, by run ", ": a quiet day");
    assertThat(show()).contains("sales,few_orders,range,fail,accepted,").contains("a quiet day");
    assertThat(Files.exists(shop.resolve("sales/dt=2019-10-01"))).isFalse();

    var page = own.resolve("report.html");
    var report =
        CommandRun.of(
            "report", "--from=2019-10-01", "--output=" + page, "--warehouse=" + shop, checks);
    assertThat(report.exitCode()).as(report.err()).isZero();
    assertThat(Files.readString(page)).contains("few_orders").doesNotContain("a quiet day");
  }

  @Test
  void onceAllIsAcceptedTheTablesAreThoseOfAShopWithoutChecks() throws IOException {
    var other = own.resolve("other");
    copy(imported, other);
    assertThat(CommandRun.of("pipeline", "--warehouse=" + other).exitCode()).isZero();
    var yaml = new StringBuilder("checks:\n");
    var column =
        Map.of(
            "events_daily", "price",
            "sessions", "views",
            "sales", "orders",
            "view_counts", "views",
            "customers", "orders");
    column.forEach(
        (table, of) ->
            yaml.append("  - {name: all_%s, table: %s, ".formatted(table, table))
                .append("range: {column: %s, least: 1000000}}\n".formatted(of)));
    var checks = checks(yaml.toString());
    assertThat(pipeline(checks).exitCode()).isEqualTo(4);
    var accepted = new ArrayList<String>();
    for (var table : List.of("events_daily", "sales", "sessions", "view_counts", "customers")) {
      accepted.add("all_" + table);
      boolean isLast = table.equals("customers");
      var run = pipeline(checks, "--accept-check=" + String.join(",", accepted), "--reason=a test");
      assertThat(run.exitCode()).as(run.err()).isEqualTo(isLast ? 0 : 4);
    }
    var rows = SmallShop.rows(SmallShop.warehouse(shop));
    rows.keySet().removeIf(partition -> partition.startsWith("data_quality/"));
    assertThat(rows).isEqualTo(SmallShop.rows(SmallShop.warehouse(other)));
    assertThat(pipeline(checks).out()).startsWith("Nothing to do: ");
    SmallShop.assertTidy(SmallShop.warehouse(shop), "after all is accepted");
  }

  @Test
  void runWithoutChecksLeavesNoTableOfThem() throws IOException {
    assertThat(pipeline("-Dclickmill.checks=none", "--tables=sales").exitCode()).isZero();
    assertThat(Files.exists(shop.resolve("data_quality"))).isFalse();
  }

  @Test
  void mistakeInTheFileIsAUsageErrorBeforeAnythingIsComputed() throws IOException {
    var checks = checks("checks: [{name: c, table: sales, range: {column: order, least: 1}}]\n");
    var run = pipeline(checks);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "Invalid checks "
                + own.resolve("checks.yaml")
                + ", line 1, column 50: sales has no"
                + " column 'order'. Did you mean orders?");
    assertThat(Files.exists(shop.resolve("events_daily"))).isFalse();
  }

  @Test
  void acceptanceNeedsAReasonAndACheck() throws IOException {
    var checks = checks("checks: [{name: c, table: sales, unique: [orders]}]\n");
    assertThat(pipeline(checks, "--accept-check=c"))
        .matches(run -> run.exitCode() == 2)
        .extracting(CommandRun::err)
        .asString()
        .contains("Missing option: --accept-check needs --reason TEXT");
    assertThat(pipeline(checks, "--accept-check=d", "--reason=x").err())
        .contains("Invalid value of --accept-check: there is no check 'd'. Did you mean c?");
    assertThat(pipeline(checks, "--reason=x").err())
        .contains("Invalid option: --reason goes with --accept-check NAME");
    assertThat(pipeline("-Dclickmill.checks=none", "--accept-check=d", "--reason=x").err())
        .contains("there is no check 'd'. clickmill.checks asks for none.");
  }

  private String checks(String yaml) throws IOException {
    return "-Dclickmill.checks=" + Files.writeString(own.resolve("checks.yaml"), yaml);
  }

  private CommandRun pipeline(String checks, String... options) {
    var arguments = new ArrayList<String>();
    arguments.add("pipeline");
    arguments.add(checks);
    arguments.add("--warehouse=" + shop);
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private String show() {
    var run =
        CommandRun.of(
            "show", "data_quality", "--day=2019-10-02", "--format=csv", "--warehouse=" + shop);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
