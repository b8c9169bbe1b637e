package org.clickmill.jobs.customers;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.jobs.kernel.Table;

/** Which tables of customers are written besides customer_days and customers. */
public final class CustomerTables {
  public static final ConfigKey<List<String>> TABLES =
      ConfigKey.ofList(
          "clickmill.customers.tables",
          "none",
          List.of(CustomerActivity.DATASET, Cohorts.DATASET, Identities.DATASET),
          "The tables that pipeline writes of customers besides customer_days and customers:"
              + " customer_activity, cohorts and identities, or 'none'. The tables that they are made"
              + " from are written as well.");

  private CustomerTables() {}

  static List<Table> asked(List<Table> tables, Configuration configuration) {
    var asked = Set.copyOf(TABLES.get(configuration));
    return tables.stream().filter(table -> asked.contains(table.dataset())).toList();
  }
}
