package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains a partition. */
@Command(
    name = "explain",
    description = {
      "Explains a partition: whether it is fresh, what it was made from, when and by which run.",
      "Inputs are named with the version that was read and the one that is there now. The history shows what it replaced and why, as long as that is kept"
          + " (clickmill.trash.keep-hours)."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill explain sales --warehouse shop",
      "  clickmill explain sales --day 2019-10-01 --warehouse shop",
      "  clickmill explain events/dt=2019-10-01/hr=07 --warehouse shop --json"
    })
final class ExplainCommand extends BaseCommand {
  @Parameters(
      paramLabel = "PARTITION",
      description = "A partition as sales/dt=2019-10-01, or a table.")
  private String name;

  @Option(
      names = "--day",
      paramLabel = "DAY",
      description =
          "The day of the table's partition: YYYY-MM-DD, or yesterday (default: the latest that is"
              + " there).")
  private LocalDate day;

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  protected void run(CommandContext context) throws IOException {
    var reader = new PartitionReader(context.warehouse(), context.configuration());
    var view = reader.explain(reader.find(name, day));
    context.console().result(view, view::text);
  }
}
