package org.clickmill.jobs.products;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Inputs;

/** What sessions did on the day, and the sales of the day and of those before that count. */
record PerformanceInputs() implements Inputs {
  static final String SESSION_PRODUCTS = "session_products";
  static final String SALES = "sales_by_product";

  private static final Inputs SESSIONS_OF_DAY = Inputs.day(SESSION_PRODUCTS);
  private static final Inputs SALES_OF_DAYS = Inputs.window(SALES, ProductWindow.DAYS);

  @Override
  public List<String> datasets() {
    return List.of(SESSION_PRODUCTS, SALES);
  }

  @Override
  public List<Partition> of(LocalDate start, LocalDate firstDay) {
    return Stream.concat(
            SESSIONS_OF_DAY.of(start, firstDay).stream(),
            SALES_OF_DAYS.of(start, firstDay).stream())
        .toList();
  }

  @Override
  public int daysBefore() {
    return SALES_OF_DAYS.daysBefore();
  }

  @Override
  public int daysAfter() {
    return 0;
  }
}
