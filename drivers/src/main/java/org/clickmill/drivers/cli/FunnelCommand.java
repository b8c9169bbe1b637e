package org.clickmill.drivers.cli;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import picocli.CommandLine.Command;

/** Counts the sessions that reach each step of a funnel. */
@Command(
    name = "funnel",
    description = {
      "Renews funnel, funnel_by_brand, funnel_by_category and cart_abandonment from the sessions of",
      "each day. Funnels besides view_cart_purchase are defined by clickmill.funnel.definitions."
    },
    footer = {"", "Example:", "  clickmill funnel --warehouse shop --last 7d"})
final class FunnelCommand extends TablesCommand {
  @Override
  List<Entry> entries(Configuration configuration) {
    return entriesOf("funnel", configuration);
  }
}
