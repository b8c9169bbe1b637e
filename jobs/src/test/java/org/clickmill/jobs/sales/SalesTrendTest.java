package org.clickmill.jobs.sales;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.Table;
import org.junit.jupiter.api.Test;

final class SalesTrendTest {
  private final Configuration configuration = new Configuration(false);

  @Test
  void trendsFollowTheDailySalesThatAreMade() {
    assertThat(new SalesTrend().tables(configuration))
        .extracting(Table::dataset)
        .containsExactly(
            "sales_trend",
            "sales_trend_by_category",
            "sales_trend_by_brand",
            "sales_trend_by_product");
    configuration.set("clickmill.sales.tables", "sales,sales_by_brand,sales_hourly");
    assertThat(new SalesTrend().tables(configuration))
        .extracting(Table::dataset)
        .containsExactly("sales_trend", "sales_trend_by_brand");
  }

  @Test
  void tablesCanBeLeftOut() {
    configuration.set("clickmill.sales-trend.tables", "sales_trend_by_product");
    assertThat(new SalesTrend().tables(configuration))
        .extracting(Table::dataset)
        .containsExactly("sales_trend_by_product");
    assertThat(new SalesTrend().tables()).hasSize(4);
  }
}
