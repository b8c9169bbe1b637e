package org.clickmill.drivers.report;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.drivers.report.Report.Product;
import org.clickmill.formats.warehouse.Warehouse;

/** Reads which products were viewed most. */
final class ProductsReader {
  static final int TOP = 10;

  private final Warehouse warehouse;
  private final LocalDate from;
  private final LocalDate to;
  private final LocalDate lastDay;

  ProductsReader(Warehouse warehouse, LocalDate from, LocalDate to) throws IOException {
    this.warehouse = warehouse;
    this.from = from;
    this.to = to;
    var days = new WarehouseTables(warehouse, "top_products", from, to).days();
    this.lastDay = days.isEmpty() ? null : days.last();
  }

  /** The last day with a ranking, or null. */
  LocalDate lastDay() {
    return lastDay;
  }

  List<Product> topOfLastDay() throws IOException {
    if (lastDay == null) {
      return List.of();
    }
    var products = new ArrayList<Product>();
    new WarehouseTables(warehouse, "top_products", lastDay, lastDay)
        .forEach(
            (day, row) ->
                products.add(
                    new Product(
                        Math.toIntExact(row.longValue("rank")),
                        row.text("product_id"),
                        row.text("brand"),
                        row.text("category_code"),
                        row.longValue("views"),
                        row.isNull("visitors") ? null : row.longValue("visitors"))));
    return products.stream().sorted(Comparator.comparingInt(Product::rank)).limit(TOP).toList();
  }

  /** The views of all days added; brand and category are those of a product's last day. */
  List<Product> topOfRange() throws IOException {
    var products = new HashMap<String, Views>();
    new WarehouseTables(warehouse, "view_counts", from, to)
        .forEach(
            (day, row) -> {
              var views = products.computeIfAbsent(row.text("product_id"), id -> new Views());
              views.count += row.longValue("views");
              views.brand = row.text("brand");
              views.categoryCode = row.text("category_code");
            });
    var ranked =
        products.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<String, Views>>comparingLong(entry -> -entry.getValue().count)
                    .thenComparing(Map.Entry::getKey))
            .limit(TOP)
            .toList();
    var top = new ArrayList<Product>();
    for (var entry : ranked) {
      var views = entry.getValue();
      top.add(
          new Product(
              top.size() + 1, entry.getKey(), views.brand, views.categoryCode, views.count, null));
    }
    return top;
  }

  private static final class Views {
    private long count;
    private String brand;
    private String categoryCode;
  }
}
