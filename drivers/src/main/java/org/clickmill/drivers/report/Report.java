package org.clickmill.drivers.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What a report tells, before it is shown.
 *
 * @param warehouse root folder of the warehouse
 * @param suiteVersion the suite that made the report
 * @param createdAt when it was made
 * @param from the first day
 * @param to the last day
 * @param days every day from first to last
 * @param lastDay the last day with a ranking of products, null if there is none
 * @param topOfLastDay the products viewed most on that day
 * @param topOfRange the products viewed most over all days
 * @param categories the categories with the highest revenue over all days
 * @param brands the brands with the highest revenue over all days
 * @param quality how good the data are
 */
public record Report(
    String warehouse,
    String suiteVersion,
    Instant createdAt,
    LocalDate from,
    LocalDate to,
    List<SalesDay> days,
    LocalDate lastDay,
    List<Product> topOfLastDay,
    List<Product> topOfRange,
    List<Group> categories,
    List<Group> brands,
    Quality quality) {

  /**
   * A day's sales. Of a day without a table everything but the day is null.
   *
   * @param revenue net of returns and adjustments
   * @param averageOrderValue null on a day without orders
   * @param revenueAverage of the seven days that end here; null unless all seven have a table
   * @param ordersAverage the same of orders
   */
  public record SalesDay(
      LocalDate day,
      BigDecimal revenue,
      BigDecimal grossRevenue,
      Long orders,
      Long unitsSold,
      BigDecimal averageOrderValue,
      BigDecimal revenueAverage,
      BigDecimal ordersAverage) {
    boolean isPresent() {
      return revenue != null;
    }
  }

  /**
   * A product in a ranking.
   *
   * @param brand null if unknown
   * @param categoryCode null if unknown
   * @param visitors null where the ranking does not know them
   */
  public record Product(
      int rank, String productId, String brand, String categoryCode, long views, Long visitors) {}

  /**
   * The sales of a category or brand.
   *
   * @param value its name, {@code (none)} for what has none
   * @param share of the revenue of all days; null if that is nothing
   */
  public record Group(
      int rank, String value, BigDecimal revenue, long orders, long unitsSold, Double share) {}

  /**
   * How good the data are.
   *
   * @param events in the days of the report
   * @param duplicates dropped when its days were made
   * @param rejected records in all rejects of the warehouse
   * @param emptyDays days with a table of events that has no rows
   * @param missingDays days without a table of events
   * @param daysWithoutSales days with a table of events but none of sales
   * @param rejects what was wrong with the rejected records, most frequent first
   * @param newestEvents the last day with a table of events in the whole warehouse; null if none
   * @param newestTable when the newest table of the report was made; null if there is none
   */
  public record Quality(
      long events,
      long duplicates,
      long rejected,
      List<LocalDate> emptyDays,
      List<LocalDate> missingDays,
      List<LocalDate> daysWithoutSales,
      List<Reason> rejects,
      LocalDate newestEvents,
      Instant newestTable) {}

  /**
   * A reason for rejects, without the values that differ from record to record.
   *
   * @param example one of the reasons in full
   */
  public record Reason(String reason, long records, String example) {}
}
