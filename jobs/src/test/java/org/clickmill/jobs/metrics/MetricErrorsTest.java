package org.clickmill.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.table.TableDescription;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.live.Live;
import org.clickmill.jobs.sales.Sales;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a metric is named with file, line and column before anything runs. */
final class MetricErrorsTest {
  private static final String VALID =
      """
      name: returns
      description: What came back.
      from: order_lines
      where: kind = 'returned'
      by: {brand: brand}
      measures:
        lines: count()
        revenue: sum(value)
      ratios: {mean: revenue / lines}
      top: {by: revenue, limit: 10}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          kind = 'returned'  | knd = 'returned'      | 4 | 8  | unknown column 'knd'
          kind = 'returned'  | kind = returned       | 4 | 15 | unknown column 'returned'
          kind = 'returned'  | kind = 1              | 4 | 13 | cannot compare a string with a whole number
          kind = 'returned'  | quantity              | 4 | 8  | expected a condition, not a value of type whole number
          kind = 'returned'  | event_time > '2019'   | 4 | 19 | a time is written as timestamp
          kind = 'returned'  | date(event_time) > event_time | 4 | 25 | the date of a time is date(…)
          kind = 'returned'  | kind = 'returned      | 4 | 15 | unterminated string
          kind = 'returned'  | price between 1 and 'a' | 4 | 14 | cannot compare a decimal with a string
          kind = 'returned'  | kind = null           | 4 | 15 | unexpected 'null'
          kind = 'returned'  | kind in (brand)       | 4 | 17 | expected a value that is written out
          kind = 'returned'  | price > 1.23456       | 4 | 16 | more than 4 decimals
          kind = 'returned'  | kind == 'returned'    | 4 | 14 | unexpected '='
          kind = 'returned'  | (price > 1            | 4 | 18 | unexpected end (expected ')')
          kind = 'returned'  | price ; 1             | 4 | 14 | unexpected character ';'
          brand: brand       | brand: houre(event_time) | 5 | 13 | unknown function 'houre'
          brand: brand       | brand: hour(price)    | 5 | 18 | hour(…) takes a time, not a decimal
          brand: brand       | Brand: brand          | 5 | 6  | invalid name 'Brand'
          brand: brand       | lines: brand          | 7 | 3  | the column 'lines' is there already
          brand: brand       | dt: brand             | 5 | 6  | it is the day of the partition
          sum(value)         | sum(brand)            | 8 | 16 | sum(…) does not take a string
          sum(value)         | total(value)          | 8 | 12 | unknown measure 'total'
          sum(value)         | sum(value, 1)         | 8 | 12 | sum(…) takes one value
          sum(value)         | value                 | 8 | 12 | not a measure
          sum(value)         | quantile(value)       | 8 | 12 | quantile(…) takes a value and a share
          sum(value)         | sum(double(value))    | 8 | 16 | decimal(…) makes a decimal of it
          sum(value)         | sum(value) filter (where brand) | 8 | 37 | expected a condition
          revenue / lines    | revenue / line        | 9 | 26 | unknown measure 'line'
          revenue / lines    | revenue * lines       | 9 | 24 | expected one measure over another
          by: revenue        | by: money             | 10 | 11 | unknown measure 'money' in 'top'
          limit: 10          | limit: 0              | 10 | 27 | invalid limit '0'
          from: order_lines  | from: order_line      | 3 | 7  | unknown table 'order_line'
          from: order_lines  | from: sales_weekly    | 3 | 7  | the table 'sales_weekly' is switched off
          from: order_lines  | from: live_sales      | 3 | 7  | cannot be made from the live table 'live_sales'
          from: order_lines  | from: returns         | 3 | 7  | metrics are made from each other: returns from returns
          {by: revenue, limit: 10} | {limit: 10}     | 10 | 6 | missing 'by'
          {by: revenue, limit: 10} | {by: revenue}   | 10 | 6 | missing 'limit'
          name: returns      | name: sales           | 1 | 7  | the name 'sales' exists
          name: returns      | nam: returns          | 1 | 1  | unknown key 'nam'
          description: What came back. | description: [] | 2 | 14 | 'description' is not a text
          """)
  void whatIsWrongHasItsPlace(String right, String wrong, int line, int column, String problem) {
    assertThat(VALID).contains(right);
    assertThatThrownBy(() -> make(new MetricText("m/returns.yaml", VALID.replace(right, wrong))))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessageStartingWith(
            "Invalid metric m/returns.yaml, line " + line + ", column " + column + ": ")
        .hasMessageContaining(problem);
  }

  @Test
  void quotedExpressionHasThePlaceBehindItsQuote() {
    var yaml = VALID.replace("where: kind = 'returned'", "where: \"knd = 'returned'\"");
    assertThatThrownBy(() -> make(new MetricText("a.yaml", yaml)))
        .hasMessageStartingWith("Invalid metric a.yaml, line 4, column 9: unknown column 'knd'");
  }

  @Test
  void expressionOfSeveralLinesTellsTheCharacter() {
    var yaml = VALID.replace("where: kind", "where: >\n  kind = 'sold' or\n  knd");
    assertThatThrownBy(() -> make(new MetricText("a.yaml", yaml)))
        .hasMessageContaining("unknown column 'knd'")
        .hasMessageEndingWith(", at character 18 of the expression");
  }

  @Test
  void metricsThatAreMadeFromEachOtherAreNamed() {
    var one = VALID.replace("order_lines", "other").replace("where: kind = 'returned'\n", "");
    var other = one.replace("name: returns", "name: other").replace("from: other", "from: returns");
    assertThatThrownBy(() -> make(new MetricText("1.yaml", one), new MetricText("2.yaml", other)))
        .hasMessage(
            "Invalid metric 1.yaml, line 3, column 7: metrics are made from each other: returns"
                + " from other from returns");
  }

  @Test
  void twoMetricsOfOneNameAreRefused() {
    assertThatThrownBy(() -> make(new MetricText("1.yaml", VALID), new MetricText("2.yaml", VALID)))
        .hasMessage(
            "Invalid metric 2.yaml, line 1, column 7: the name 'returns' exists: 1.yaml has it");
  }

  @Test
  void depthAndLengthAreBounded() {
    var deep = "(".repeat(40) + "true" + ")".repeat(40);
    assertThatThrownBy(() -> make(metric("where: kind = 'returned'", "where: " + deep)))
        .hasMessageContaining("nested more than 32 deep");
    var longOne = "kind = 'a'" + " or kind = 'a'".repeat(400);
    assertThatThrownBy(() -> make(metric("where: kind = 'returned'", "where: " + longOne)))
        .hasMessageContaining("more than 1000 words");
  }

  @Test
  void rangesOfConditionsAreRefusedHoweverManyThereAre() {
    var chain = "price > 1" + " between false and true".repeat(200);
    assertThatThrownBy(() -> make(metric("kind = 'returned'", chain)))
        .hasMessageContaining("'between' does not take a condition");
    var nested = "(".repeat(30) + "price > 1" + " between false and true)".repeat(30);
    assertThatThrownBy(() -> make(metric("kind = 'returned'", nested)))
        .hasMessageContaining("'between' does not take a condition");
  }

  @Test
  void marksAndKeysFollowFromWhatIsRead() {
    var yaml =
        VALID
            .replace("by: {brand: brand}", "by: {who: 'coalesce(user_id, visitor)', brand: brand}")
            .replace("  lines: count()", "  lines: count()\n  people: theta(visitor)");
    var description = make(new MetricText("a.yaml", yaml)).get(0).table().description();
    assertThat(description.personalColumns()).containsExactly("who", "people_sketch");
    assertThat(description.key()).contains(List.of("who", "brand"));
    assertThat(description.columns())
        .extracting(TableDescription.Column::name)
        .containsExactly("who", "brand", "lines", "people", "people_sketch", "revenue", "mean");
    assertThat(description.text()).isEqualTo("What came back.");
  }

  @Test
  void onlyWhatDecidesTheRowsChangesTheDeclaration() {
    var declared = declaration(VALID);
    assertThat(declaration(VALID.replace("What came back.", "Other words.") + "# comment\n"))
        .isEqualTo(declared);
    assertThat(declaration(VALID.replace("kind = 'returned'", "(kind='returned')")))
        .isEqualTo(declared);
    assertThat(declaration(VALID.replace("limit: 10", "limit: 11"))).isNotEqualTo(declared);
    assertThat(declaration(VALID.replace("'returned'", "'sold'"))).isNotEqualTo(declared);
  }

  private static String declaration(String yaml) {
    return make(new MetricText("a.yaml", yaml)).get(0).table().declared().get("declaration");
  }

  private static MetricText metric(String right, String wrong) {
    return new MetricText("a.yaml", VALID.replace(right, wrong));
  }

  private static List<MetricAnalysis> make(MetricText... texts) {
    var all = new ArrayList<Table>(new Sales().tables());
    var asked = all.stream().filter(table -> table.dataset().equals("sales")).toList();
    all.addAll(new Live().tables());
    return Metrics.of(List.of(texts), asked, all, 10, ZoneOffset.UTC);
  }
}
