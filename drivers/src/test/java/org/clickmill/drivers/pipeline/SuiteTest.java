package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.parquet.RejectWriter;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.TableDescription;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.sales.Sales;
import org.clickmill.jobs.views.ViewCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SuiteTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"none", "brand", "category_code,visitors", "brand,category_code,visitors"})
  void whatAnalysesDeclareFitsTheirSchemas(String viewColumns) {
    var configuration = new Configuration(false);
    configuration.set(ViewCounts.COLUMNS.name(), viewColumns);
    var allSales = new Sales().tables().stream().map(Table::dataset).toList();
    configuration.set(Sales.TABLES.name(), String.join(",", allSales));
    var declared =
        Suite.entries(configuration).stream()
            .filter(entry -> entry.maker() instanceof GroupBy<?>)
            .map(entry -> entry.table().dataset())
            .toList();
    assertThat(declared)
        .containsAll(allSales)
        .contains("view_counts", "view_counts_hourly", "customer_days");
  }

  @Test
  void everyDatasetThatATableIsMadeFromHasASchema() {
    for (var entry : Suite.entries(new Configuration(false))) {
      for (var dataset : entry.table().inputs().datasets()) {
        if (!dataset.equals("events")) {
          assertThat(Suite.schemas(new Configuration(false)).of(dataset).columns())
              .as(dataset)
              .isNotEmpty();
        }
      }
    }
  }

  /** A column without a description, or without a mark, is named by the exception. */
  @Test
  void everyTableAndColumnIsDescribedAndMarked() {
    for (var entry : Suite.all(new Configuration(false))) {
      var table = entry.table();
      assertThat(table.description().columns())
          .as(table.dataset())
          .hasSameSizeAs(table.schema().columns());
    }
    assertThat(TableDescription.of(EventRows.SCHEMA).isInternal()).isFalse();
    assertThat(TableDescription.of(RejectWriter.SCHEMA).key()).isEmpty();
  }

  @Test
  void keysOfPeopleAreMarkedAsPersonal() {
    var people =
        List.of(
            "user_id",
            "visitor_id",
            "visitor",
            "user_session",
            "order_id",
            "session_id",
            "review",
            "raw");
    for (var entry : Suite.all(new Configuration(false))) {
      for (var column : entry.table().description().columns()) {
        if (people.contains(column.name())) {
          assertThat(column.isPersonal())
              .as(entry.table().dataset() + "." + column.name())
              .isTrue();
        }
      }
    }
  }

  @Test
  void noTwoTablesHaveTheSameDescription() {
    var descriptions = new TreeMap<String, String>();
    for (var entry : Suite.all(new Configuration(false))) {
      var other = descriptions.put(entry.table().description().text(), entry.table().dataset());
      assertThat(other).as(entry.table().dataset()).isNull();
    }
    assertThat(descriptions)
        .containsEntry("Sales of a brand in a week.", "sales_weekly_by_brand")
        .containsEntry("Sales of the whole shop on a day.", "sales");
  }

  @Test
  void summaryBringsWhatItIsMadeFrom() {
    var configuration = new Configuration(false);
    configuration.set("clickmill.sales.tables", "none");
    assertThat(datasets(configuration))
        .doesNotContain("sales", "daily_summary", "customer_activity", "event_totals");
    configuration.set("clickmill.summary.tables", "daily_summary");
    assertThat(datasets(configuration))
        .contains("sales", "daily_summary", "customer_activity", "event_totals")
        .doesNotContain("sales_by_brand", "cohorts", "traffic")
        .doesNotHaveDuplicates();
    configuration.set("clickmill.summary.tables", "none");
    configuration.set("clickmill.customers.tables", "cohorts");
    assertThat(datasets(configuration))
        .contains("cohorts", "customer_activity")
        .doesNotContain("sales", "daily_summary", "event_totals");
  }

  private static List<String> datasets(Configuration configuration) {
    return Suite.entries(configuration).stream().map(entry -> entry.table().dataset()).toList();
  }
}
