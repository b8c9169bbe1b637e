package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.drivers.report.TrendingProducts.Product;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrendingReaderTest {
  private static final LocalDate DAY = LocalDate.of(2019, 10, 1);
  private static final TableSchema SCHEMA =
      TableColumns.of(
          "Trending",
          "window_days int",
          "rank int",
          "product_id string",
          "views long",
          "views_before long",
          "growth double?",
          "is_new boolean");

  @TempDir Path folder;

  private Warehouse warehouse;
  private PublishedTables tables;

  @BeforeEach
  void createWarehouse() throws IOException {
    tables = PublishedTables.in(folder);
    warehouse = tables.warehouse();
  }

  @Test
  void firstRanksOfEachWindowOfTheNewestDayAreShown() throws IOException {
    tables.publish("trending", DAY, SCHEMA, List.of(product(7, 1, 5)));
    tables.publish(
        "trending",
        DAY.plusDays(1),
        SCHEMA,
        List.of(product(28, 2, 4), product(28, 1, 0), product(7, 11, 1), product(7, 10, 2)));
    tables.publish("trending", DAY.plusDays(3), SCHEMA, List.of(product(7, 1, 6)));
    var trending = new TrendingReader(warehouse, DAY, DAY.plusDays(2)).read();
    assertThat(trending.day()).isEqualTo(DAY.plusDays(1));
    assertThat(trending.windows()).containsExactly(7, 28);
    assertThat(trending.products())
        .containsExactly(
            new Product(7, 10, "p10", 8, 2, 3.0, false),
            new Product(28, 1, "p1", 8, 0, null, true),
            new Product(28, 2, "p2", 8, 4, 1.0, false));
  }

  @Test
  void rangeWithoutATableHasNone() throws IOException {
    tables.publish("trending", DAY, SCHEMA, List.of(product(7, 1, 5)));
    assertThat(new TrendingReader(warehouse, DAY.plusDays(1), DAY.plusDays(1)).read())
        .isEqualTo(TrendingProducts.NONE);
  }

  private static Map<String, Object> product(int window, int rank, int before) {
    var row = new HashMap<String, Object>();
    row.put("window_days", window);
    row.put("rank", rank);
    row.put("product_id", "p" + rank);
    row.put("views", 8);
    row.put("views_before", before);
    row.put("growth", before == 0 ? null : 8.0 / before - 1);
    row.put("is_new", before == 0);
    return row;
  }
}
