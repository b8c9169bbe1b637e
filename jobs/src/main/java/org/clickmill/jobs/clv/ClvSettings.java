package org.clickmill.jobs.clv;

import java.time.LocalDate;
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

  public static final ConfigKey<LocalDate> ACQUIRED_SINCE =
      ConfigKey.ofDay(
          "clickmill.clv.acquired-since",
          LocalDate.of(1900, 1, 1),
          "Models are fitted to customers who first bought on this day (UTC) or later. Of those who"
              + " bought before the first day of the data, the first purchase seen is not the"
              + " first.");

  public static final ConfigKey<FitBy> FIT_BY =
      ConfigKey.ofEnum(
          "clickmill.clv.fit-by",
          FitBy.class,
          FitBy.ALL,
          "Whether customers who first bought in the same year, quarter or month have models of"
              + " their own, besides those of all customers.");

  public static final ConfigKey<Integer> HOLDOUT_WEEKS =
      ConfigKey.ofInt(
          "clickmill.clv.holdout-weeks",
          0,
          0,
          520,
          "The last weeks of the data, which clv_calibration compares with what models expect that"
              + " are fitted to what was before; with 0 it is not written.");

  private ClvSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(
        HORIZON_DAYS,
        DISCOUNT_RATE_MONTHLY,
        MINIMUM_REPEAT_CUSTOMERS,
        ACQUIRED_SINCE,
        FIT_BY,
        HOLDOUT_WEEKS);
  }

  /** The settings that change the rows of clv and clv_model. */
  static List<ConfigKey<?>> ofModels() {
    return List.of(
        HORIZON_DAYS, DISCOUNT_RATE_MONTHLY, MINIMUM_REPEAT_CUSTOMERS, ACQUIRED_SINCE, FIT_BY);
  }

  /** The settings that change the rows of clv_calibration. */
  static List<ConfigKey<?>> ofCalibration() {
    return List.of(MINIMUM_REPEAT_CUSTOMERS, ACQUIRED_SINCE, FIT_BY, HOLDOUT_WEEKS);
  }
}
