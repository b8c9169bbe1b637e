package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.conf.Configuration;
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
          assertThat(Suite.schemaOf(dataset).columns()).as(dataset).isNotEmpty();
        }
      }
    }
  }
}
