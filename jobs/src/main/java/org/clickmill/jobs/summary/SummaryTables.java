package org.clickmill.jobs.summary;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.jobs.kernel.Table;

/** Which summaries are written. */
public final class SummaryTables {
  public static final ConfigKey<List<String>> TABLES =
      ConfigKey.ofList(
          "clickmill.summary.tables",
          "none",
          List.of(DailySummary.DATASET, Traffic.DATASET),
          "The summaries that pipeline writes: daily_summary and traffic, or 'none'. The tables that"
              + " they are made from are written as well.");

  private SummaryTables() {}

  static List<Table> asked(List<Table> tables, Configuration configuration) {
    var asked = Set.copyOf(TABLES.get(configuration));
    return tables.stream().filter(table -> asked.contains(table.dataset())).toList();
  }
}
