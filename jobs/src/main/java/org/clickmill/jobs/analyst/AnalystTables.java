package org.clickmill.jobs.analyst;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.jobs.kernel.Table;

/** Which of the analyst's tables are written. */
public final class AnalystTables {
  public static final String DAILY_SUMMARY = "daily_summary";
  public static final String TRAFFIC = "traffic";
  public static final String ORDERS = "orders";
  public static final String PRODUCT_PERFORMANCE = "product_performance";
  public static final String DWELL = "dwell";
  public static final String USER_FUNNEL = "user_funnel";
  public static final String REVIEWS = "reviews";

  public static final ConfigKey<List<String>> TABLES =
      ConfigKey.ofList(
          "clickmill.summary.tables",
          "none",
          List.of(DAILY_SUMMARY, TRAFFIC, ORDERS, PRODUCT_PERFORMANCE, DWELL, USER_FUNNEL, REVIEWS),
          "The analyst's tables that pipeline writes: daily_summary, traffic, orders,"
              + " product_performance, dwell, user_funnel and reviews, or 'none'. The tables that"
              + " they are made from are written as well.");

  private AnalystTables() {}

  /** Whether the settings ask for a table. */
  public static boolean isAsked(String table, Configuration configuration) {
    return TABLES.get(configuration).contains(table);
  }

  /** Those of some tables that the settings ask for. */
  public static List<Table> asked(List<Table> tables, Configuration configuration) {
    var asked = Set.copyOf(TABLES.get(configuration));
    return tables.stream().filter(table -> asked.contains(table.dataset())).toList();
  }
}
