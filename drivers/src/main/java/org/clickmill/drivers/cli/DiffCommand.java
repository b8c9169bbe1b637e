package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.drivers.diff.RowDiff;
import org.clickmill.drivers.diff.VersionPair;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Partition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows which rows differ between two versions of a partition. */
@Command(
    name = "diff",
    description = {
      "Shows the rows that differ between two versions of a partition, by the table's key: those"
          + " that were added or removed, and those that were changed, with the columns, as they"
          + " were and as they are. Columns that say where a row came from (source_…) are not"
          + " compared.",
      "The older version lies in the trash for clickmill.trash.keep-hours; 'clickmill explain' lists"
          + " the versions that are there."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill diff sales_by_product 2019-10-01 --warehouse shop",
      "  clickmill diff sales 2019-10-01 --versions 3,4 --warehouse shop --json",
      "  clickmill diff events/dt=2019-10-01/hr=07 --warehouse shop --columns price,quantity"
    })
final class DiffCommand extends BaseCommand {
  @Parameters(
      index = "0",
      paramLabel = "TABLE",
      description = "The table; or a partition, as sales/dt=2019-10-01.")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DAY",
      description = "The day of the table's partition: YYYY-MM-DD, or yesterday.")
  private LocalDate day;

  @Option(
      names = "--versions",
      split = ",",
      paramLabel = "VERSION",
      description = "Two versions, the older one first: 3,4 (default: the last two).")
  private List<Integer> versions = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "The number of differing rows to show; 0 shows all (default: ${DEFAULT-VALUE}). All are"
              + " counted.")
  private long limit = 20;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "COLUMN",
      description = "Compare these columns only, besides the key (default: all).")
  private List<String> columns = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Print a table, csv or json (default: table; json with --json).")
  private RowFormat format;

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  protected void run(CommandContext context) throws IOException {
    var chosen = RowFormat.of(format, !given(List.of("--json")).isEmpty());
    if (limit < 0) {
      throw ClickmillException.usage("Invalid value of --limit: %d (expected 0 or more)", limit);
    }
    if (!given(List.of("--versions")).isEmpty() && (versions.size() != 2 || isSame())) {
      throw ClickmillException.usage(
          "Invalid value of --versions: expected two that differ, as 3,4");
    }
    int slash = name.indexOf('/');
    var table =
        TableCatalog.of(context.configuration()).named(slash < 0 ? name : name.substring(0, slash));
    if (day == null && slash < 0) {
      throw ClickmillException.usage("Missing day: clickmill diff %s YYYY-MM-DD", name);
    }
    var warehouse = context.warehouse();
    var partition = new PartitionReader(warehouse, context.configuration()).find(name, day);
    var diff = new RowDiff(warehouse, table, columns);
    var pair = VersionPair.find(warehouse, partition, versions);
    var summary = diff.print(pair, limit == 0 ? Long.MAX_VALUE : limit, chosen.writer(context));
    if (chosen == RowFormat.TABLE) {
      context.console().note(text(partition, pair, summary));
    }
  }

  private boolean isSame() {
    return versions.get(0).equals(versions.get(1));
  }

  private static String text(Partition partition, VersionPair pair, RowDiff.Summary summary) {
    return String.format(
        Locale.ROOT,
        "(%s, version %d to %d: %,d rows added, %,d removed, %,d changed)",
        partition,
        pair.before().manifest().version(),
        pair.after().manifest().version(),
        summary.added(),
        summary.removed(),
        summary.changed());
  }
}
