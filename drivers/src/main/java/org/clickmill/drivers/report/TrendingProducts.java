package org.clickmill.drivers.report;

import java.time.LocalDate;
import java.util.List;

/**
 * The products that rise most.
 *
 * @param day at which the windows end; null if there is no table
 * @param products by window and rank
 */
public record TrendingProducts(LocalDate day, List<Product> products) {
  static final TrendingProducts NONE = new TrendingProducts(null, List.of());

  /** The lengths of the windows in days, in order. */
  List<Integer> windows() {
    return products.stream().map(Product::windowDays).distinct().sorted().toList();
  }

  List<Product> of(int windowDays) {
    return products.stream().filter(product -> product.windowDays() == windowDays).toList();
  }

  /**
   * A product.
   *
   * @param windowDays how long the window is
   * @param views in the window
   * @param viewsBefore in the window of the same length before it
   * @param growth views of views before, less 1; null if there were none before
   * @param isNew whether it had not been viewed before
   */
  public record Product(
      int windowDays,
      int rank,
      String productId,
      long views,
      long viewsBefore,
      Double growth,
      boolean isNew) {}
}
