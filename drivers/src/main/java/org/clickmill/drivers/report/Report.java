package org.clickmill.drivers.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

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
 * @param sessions the sessions
 * @param funnels how far they came
 * @param carts what became of their carts, every day from first to last; empty if unknown
 * @param customerValues what customers are worth
 * @param trending products that rise
 * @param quality how good the data are
 * @param missing what has no table of these days and is left out
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
    Sessions sessions,
    Funnels funnels,
    List<CartDay> carts,
    CustomerValues customerValues,
    TrendingProducts trending,
    Quality quality,
    Set<Topic> missing) {

  /**
   * A day's sales. Of a day without a table everything but the day is null.
   *
   * @param revenue net of returns and adjustments
   * @param averageOrderValue null on a day without orders
   * @param revenueAverage of the seven days that end here: of the table {@code sales_trend}, null
   *     until it knows seven days; without that table, null unless all seven have one of sales
   * @param ordersAverage the same of orders
   * @param revenueLongAverage of the 28 days that end here; null without {@code sales_trend}, and
   *     until it knows 28 days
   * @param ordersLongAverage the same of orders
   */
  public record SalesDay(
      LocalDate day,
      BigDecimal revenue,
      BigDecimal grossRevenue,
      Long orders,
      Long unitsSold,
      BigDecimal averageOrderValue,
      BigDecimal revenueAverage,
      BigDecimal ordersAverage,
      BigDecimal revenueLongAverage,
      BigDecimal ordersLongAverage) {
    static SalesDay missing(LocalDate day) {
      return new SalesDay(day, null, null, null, null, null, null, null, null, null);
    }

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
   * What became of the carts of a day's sessions. Of a day without a table everything but the day
   * is null.
   *
   * @param withCart sessions that put something into the cart; each of them is one of the next
   *     three
   * @param abandonmentRate abandoned of those with a cart; null if there are none
   * @param abandonedValue what lay in the abandoned carts
   * @param isMature whether no session of the day can still change
   */
  public record CartDay(
      LocalDate day,
      Long withCart,
      Long bought,
      Long abandoned,
      Long emptied,
      Double abandonmentRate,
      BigDecimal abandonedValue,
      Boolean isMature) {
    static CartDay missing(LocalDate day) {
      return new CartDay(day, null, null, null, null, null, null, null);
    }
  }

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
