package org.clickmill.jobs.clv;

import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** The settings of customer lifetime value. */
public final class ClvSettings {
  public static final ConfigKey<Integer> HORIZON_DAYS =
      ConfigKey.ofInt(
          "clickmill.clv.horizon-days",
          360,
          1,
          3_650,
          "How many days ahead purchases are expected and valued; months are 30 days.");

  public static final ConfigKey<Double> DISCOUNT_RATE_MONTHLY =
      ConfigKey.ofDouble(
          "clickmill.clv.discount-rate-monthly",
          0.01,
          0,
          1,
          "What a month takes from the value of a later purchase; 0.01 is 1 %.");

  public static final ConfigKey<Integer> MINIMUM_REPEAT_CUSTOMERS =
      ConfigKey.ofInt(
          "clickmill.clv.minimum-repeat-customers",
          10,
          1,
          1_000_000_000,
          "With fewer customers who bought on two days or more, no model is fitted.");

  private ClvSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(HORIZON_DAYS, DISCOUNT_RATE_MONTHLY, MINIMUM_REPEAT_CUSTOMERS);
  }
}
