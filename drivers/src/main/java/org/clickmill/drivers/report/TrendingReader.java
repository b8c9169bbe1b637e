package org.clickmill.drivers.report;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import org.clickmill.drivers.report.TrendingProducts.Product;
import org.clickmill.formats.warehouse.Warehouse;

/** Reads which products rise, from the newest table. */
final class TrendingReader {
  static final int TOP = 10;

  private final WarehouseTables table;

  TrendingReader(Warehouse warehouse, LocalDate from, LocalDate to) throws IOException {
    this.table = new WarehouseTables(warehouse, Topic.TRENDING.dataset(), from, to);
  }

  TrendingProducts read() throws IOException {
    if (table.days().isEmpty()) {
      return TrendingProducts.NONE;
    }
    var day = table.days().last();
    var products = new ArrayList<Product>();
    table.forEach(
        day,
        (where, row) -> {
          if (row.longValue("rank") <= TOP) {
            var growth = row.doubleValue("growth");
            products.add(
                new Product(
                    Math.toIntExact(row.longValue("window_days")),
                    Math.toIntExact(row.longValue("rank")),
                    row.text("product_id"),
                    row.longValue("views"),
                    row.longValue("views_before"),
                    Double.isNaN(growth) ? null : growth,
                    row.booleanValue("is_new")));
          }
        });
    products.sort(Comparator.comparingInt(Product::windowDays).thenComparingInt(Product::rank));
    return new TrendingProducts(day, products);
  }
}
