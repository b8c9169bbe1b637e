package org.clickmill.drivers.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * What customers are worth, as of a day.
 *
 * @param day the day; null if there is no table
 * @param customers with a purchase
 * @param revenue of all of them, net, so far
 * @param expected value of all of them within the model's horizon; null without a model
 * @param model that the expected values are from; null if its table is missing
 * @param bins how many customers have which expected value; empty without a model
 * @param segments by revenue, highest first
 */
public record CustomerValues(
    LocalDate day,
    long customers,
    BigDecimal revenue,
    BigDecimal expected,
    Model model,
    List<Bin> bins,
    List<Segment> segments) {
  static final CustomerValues NONE =
      new CustomerValues(null, 0, BigDecimal.ZERO, null, null, List.of(), List.of());

  /** Whether there are figures of what happened only, since the model has no fit. */
  boolean isHistoric() {
    return model != null && !model.converged();
  }

  /**
   * Customers whose value lies in a range.
   *
   * @param from the lowest value; null for no bound
   * @param to the value above, exclusive; null for no bound
   */
  public record Bin(BigDecimal from, BigDecimal to, long customers) {}

  /**
   * Customers who behave alike.
   *
   * @param share of all customers
   * @param revenue net, so far
   * @param meanClv what is expected of each; null without a model
   */
  public record Segment(
      String name,
      long customers,
      Double share,
      BigDecimal revenue,
      BigDecimal meanRevenue,
      BigDecimal meanClv) {}

  /**
   * The models of when and for how much customers buy.
   *
   * @param horizonDays how far values look ahead
   * @param discountRateMonthly for 30 days
   * @param parameters of both models; the value is null where a model has no fit
   * @param customers it was fitted to
   * @param repeatCustomers those with two days of purchase or more
   * @param converged whether both models have a fit
   * @param reason why not; null if unknown, or if both have
   */
  public record Model(
      int horizonDays,
      double discountRateMonthly,
      List<Parameter> parameters,
      long customers,
      long repeatCustomers,
      boolean converged,
      String reason) {}

  /**
   * A parameter.
   *
   * @param model that it belongs to
   * @param name as in the table {@code clv_model}
   * @param value null where the model has no fit
   */
  public record Parameter(String model, String name, Double value) {}
}
