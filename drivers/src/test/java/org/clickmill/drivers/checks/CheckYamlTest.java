package org.clickmill.drivers.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.checks.Check.Severity;
import org.clickmill.drivers.checks.Rule.Freshness;
import org.clickmill.drivers.checks.Rule.NullShare;
import org.clickmill.drivers.checks.Rule.Range;
import org.clickmill.drivers.checks.Rule.Reconciliation;
import org.clickmill.drivers.checks.Rule.RowCount;
import org.clickmill.drivers.checks.Rule.Unique;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckYamlTest {
  @TempDir private Path folder;

  @Test
  void everyRuleIsRead() throws IOException {
    var orders = Files.writeString(folder.resolve("orders.csv"), "day,id,total\n");
    var checks =
        read(
            """
            checks:
              - name: rows
                table: events_daily
                row-count: {least: 0.7, most: 3, judged-from: 50, closed: [2019-12-25]}
                severity: warn
              - name: products
                table: events_daily
                null-share: {column: product_id, most: 0.01}
              - name: keys
                table: events_daily
                unique: [event_time, event_id]
              - name: prices
                table: events_daily
                range: {column: price, least: -1.5}
              - name: evening
                table: events_daily
                freshness: {column: event_time, within: 4h}
              - name: database
                table: sales
                reconciliation:
                  file: %s
                  day: day
                  order: id
                  amount: total
                  compared-with: gross_revenue
                  tolerance: 0.005
            """
                .formatted(orders));
    assertThat(checks)
        .extracting(Check::rule)
        .containsExactly(
            new RowCount(
                new BigDecimal("0.7"), new BigDecimal("3"), 50, Set.of(LocalDate.of(2019, 12, 25))),
            new NullShare("product_id", new BigDecimal("0.01")),
            new Unique(List.of("event_time", "event_id")),
            new Range("price", new BigDecimal("-1.5"), null),
            new Freshness("event_time", Duration.ofHours(4)),
            new Reconciliation(
                new OrdersFile(orders.toString(), "day", "id", "total"),
                "gross_revenue",
                new BigDecimal("0.005")));
    assertThat(checks)
        .extracting(Check::severity)
        .startsWith(Severity.WARN, Severity.FAIL)
        .hasSize(6);
  }

  @Test
  void builtInChecksFitTheTables() {
    assertThat(read(CheckText.builtIn().yaml()))
        .extracting(Check::name)
        .containsExactly("events_missing", "events_too_many");
  }

  @Test
  void pageShowsTheBuiltInChecks() throws IOException {
    var yaml = CheckText.builtIn().yaml();
    assertThat(Files.readString(Path.of("../docs/checks.md")))
        .contains(yaml.substring(yaml.indexOf("checks:")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "table: event_daily, unique: [price]"
            + "|line 2, column 22: the settings ask for no table 'event_daily'."
            + " Did you mean events_daily?",
        "table: events, unique: [price]"
            + "|line 2, column 22: events cannot be checked, since import and load publish them:"
            + " name events_daily",
        "table: sales, unique: [order]|line 2, column 38: sales has no column 'order'."
            + " Did you mean orders?",
        "table: sales|line 2, column 5: the check 'c' has 0 rules (expected one of freshness,"
            + " null-share, range, reconciliation, row-count, unique)",
        "table: sales, uniqe: [orders]|line 2, column 29: unknown key 'uniqe' in a check"
            + " (known: freshness, name, null-share, range, reconciliation, row-count, severity,"
            + " table, unique)",
        "table: sales, unique: [orders], severity: error"
            + "|line 2, column 57: invalid severity 'error' (expected warn or fail)",
        "table: sales, range: {column: orders}|line 2, column 36: missing 'least' or 'most'",
        "table: sales, range: {column: orders, least: few}|line 2, column 60: 'few' is no number",
        "table: sales, range: {column: orders, least: 2, most: 1}"
            + "|line 2, column 69: 'least' is 2, more than 'most', 1",
        "table: events_daily, range: {column: user_id, least: 2}"
            + "|line 2, column 52: 'range' needs a column of numbers, and user_id is none",
        "table: events_daily, freshness: {column: price, within: 2h}"
            + "|line 2, column 56: 'freshness' needs a column of times, and price is none",
        "table: events_daily, freshness: {column: event_time, within: soon}"
            + "|line 2, column 76: invalid time 'soon' (expected a number and s, m, h or d, such as"
            + " 30m)",
        "table: events_daily, null-share: {column: price, most: 2}"
            + "|line 2, column 70: invalid share 2 (expected 0 to 1)",
        "table: events_daily, row-count: {closed: [Christmas]}"
            + "|line 2, column 57: invalid day 'Christmas' (expected one as 2019-12-25)",
        "table: sales, reconciliation: {file: /no/orders.csv, day: d, order: o}"
            + "|line 2, column 52: missing file '/no/orders.csv'",
        "table: sales, reconciliation: {file: /no/orders.csv, order: o}"
            + "|line 2, column 52: missing 'day', the column of the day, or {day} in the path of"
            + " 'file'",
        "table: events_daily, reconciliation: {file: /no/orders.csv, day: d, order: o}"
            + "|line 2, column 36: 'reconciliation' needs a table with one row a day and a column"
            + " orders, as sales is",
      })
  void mistakeIsNamedWithItsPlace(String check, String message) {
    assertThatThrownBy(() -> read("checks:\n  - {name: c, " + check + "}\n"))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Invalid checks checks.yaml, " + message)
        .extracting(failure -> ((ClickmillException) failure).failure())
        .isEqualTo(Failure.USAGE);
  }

  @Test
  void nameIsUsedOnce() {
    assertThatThrownBy(
            () ->
                read(
                    "checks:\n  - {name: c, table: sales, unique: [orders]}\n"
                        + "  - {name: c, table: sales, unique: [orders]}\n"))
        .hasMessage("Invalid checks checks.yaml, line 3, column 12: a second check 'c'");
  }

  @Test
  void missingFileOfChecksIsNamed() {
    var configuration = new Configuration();
    CheckSettings.CHECKS.set(configuration, "/no/checks.yaml");
    assertThatThrownBy(() -> Checks.of(configuration))
        .hasMessage("Missing checks: /no/checks.yaml (clickmill.checks: a file, default or none)");
  }

  private static List<Check> read(String yaml) {
    var configuration = new Configuration();
    var tables = Suite.entries(configuration).stream().map(Entry::table).toList();
    return CheckYaml.read(new CheckText("checks.yaml", yaml), tables, configuration);
  }
}
