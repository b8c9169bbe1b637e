package org.clickmill.drivers.cli;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import picocli.CommandLine.Command;

/** Ranks the products of a day. */
@Command(
    name = "top-products",
    description = {
      "Renews top_products: the most viewed products of each day, from view_counts.",
      "How many is the setting clickmill.top-products.limit."
    },
    footer = {
      "",
      "Example:",
      "  clickmill top-products --warehouse shop -D clickmill.top-products.limit=20"
    })
final class TopProductsCommand extends TablesCommand {
  @Override
  List<Entry> entries(Configuration configuration) {
    return entriesOf("top-products", configuration);
  }
}
