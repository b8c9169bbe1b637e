package org.clickmill.drivers.cli;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Adds up what is known of each customer. */
@Command(
    name = "customers",
    description =
        "Renews customer_days, and customers: a snapshot of every customer known by the end"
            + " of the last day.",
    footer = {"", "Example:", "  clickmill customers --warehouse shop --to 2011-12-09"})
final class CustomersCommand extends TablesCommand {
  @Mixin private SnapshotOptions snapshots;

  @Override
  List<Entry> entries(Configuration configuration) {
    return entriesOf("customers", configuration);
  }

  @Override
  boolean everyDay() {
    return snapshots.everyDay();
  }
}
