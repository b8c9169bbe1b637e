package org.clickmill.drivers.cli;

import java.io.IOException;
import org.clickmill.drivers.catalog.TableCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Describes a table. */
@Command(
    name = "describe",
    description = {
      "Describes a table: what a row is, its columns, and what it is made from.",
      "Columns come with type and meaning; it says which identify a row and which are personal. With"
          + " a warehouse, it also says which partitions are there."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill describe sales",
      "  clickmill describe clv --warehouse shop --json"
    })
final class DescribeCommand extends BaseCommand {
  @Parameters(paramLabel = "TABLE", description = "The table; 'clickmill tables' lists them.")
  private String name;

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  protected void run(CommandContext context) throws IOException {
    var configuration = context.configuration();
    var tables = TableCatalog.of(configuration);
    var table = tables.named(name);
    var isThereAWarehouse = DriverSettings.WAREHOUSE.get(configuration) != null;
    var published =
        isThereAWarehouse ? context.warehouse().readable(table.name(), null, null).values() : null;
    var view = TableView.of(table, tables, configuration, published);
    context.console().result(view, view::text);
  }
}
