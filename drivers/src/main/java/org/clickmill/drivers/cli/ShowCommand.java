package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.drivers.catalog.PartitionRows;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows rows of a table. */
@Command(
    name = "show",
    description = {
      "Shows rows of a table, of the latest day or of one that you name.",
      "Rows come in the order in which they are stored. CSV and JSON hold values whole and exact;"
          + " the table for people cuts long ones. Bytes are Base64 in CSV and JSON."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill show sales --warehouse shop",
      "  clickmill show top_products --warehouse shop --day 2019-10-01 --limit 5",
      "  clickmill show clv --warehouse shop --columns user_id,clv --format csv"
    })
final class ShowCommand extends BaseCommand {
  @Parameters(paramLabel = "TABLE", description = "The table; 'clickmill tables' lists them.")
  private String name;

  @Option(
      names = "--day",
      paramLabel = "DAY",
      description = "The day: YYYY-MM-DD, or yesterday (default: the latest that is there).")
  private LocalDate day;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The number of rows to show; 0 shows all (default: ${DEFAULT-VALUE}).")
  private long limit = 20;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "COLUMN",
      description = "Show these columns only, in this order (default: all).")
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
    var table = TableCatalog.of(context.configuration()).named(name);
    var warehouse = context.warehouse();
    var rows = new PartitionRows(warehouse, table, columns);
    var manifests = manifests(warehouse, table);
    long most = limit == 0 ? Long.MAX_VALUE : limit;
    long printed = rows.print(manifests.keySet(), most, chosen.writer(context));
    long published = rows(manifests);
    if (printed < Math.min(most, published)) {
      throw ClickmillException.failed(
          "Cannot show all rows of %s: of %d there are %d. Files are missing: 'clickmill status"
              + " --verify-files' names them, and says what to do.",
          manifests.firstKey(), published, printed);
    }
    if (chosen == RowFormat.TABLE) {
      context.console().note(summary(manifests, printed));
    }
  }

  private static long rows(SortedMap<Partition, Manifest> manifests) {
    return manifests.values().stream().mapToLong(manifest -> manifest.fingerprint().rows()).sum();
  }

  /** The partitions of the day, which are several where a day is divided. */
  private SortedMap<Partition, Manifest> manifests(Warehouse warehouse, CatalogTable table)
      throws IOException {
    var start =
        day == null
            ? null
            : table.entry().map(entry -> entry.table().grain().start(day)).orElse(day);
    var all = warehouse.readable(table.name(), start, start);
    if (all.isEmpty()) {
      throw ClickmillException.notReady(
          "Cannot show table %s: %s",
          table.name(), start == null ? nothing(table) : available(warehouse, table, start));
    }
    return all.tailMap(Partition.ofDay(table.name(), all.lastKey().day()));
  }

  private static String nothing(CatalogTable table) {
    return "nothing of it is published yet ("
        + String.join(" or ", table.commands())
        + " publishes it)";
  }

  private static String available(Warehouse warehouse, CatalogTable table, LocalDate start)
      throws IOException {
    var all = warehouse.readable(table.name(), null, null);
    return all.isEmpty()
        ? nothing(table)
        : String.format(
            Locale.ROOT,
            "no partition dt=%s; there are %d from dt=%s to dt=%s",
            start,
            all.size(),
            all.firstKey().day(),
            all.lastKey().day());
  }

  private static String summary(SortedMap<Partition, Manifest> manifests, long printed) {
    var first = manifests.firstKey();
    var where =
        manifests.size() == 1
            ? first + ", version " + manifests.get(first).version()
            : first.dataset() + "/dt=" + first.day() + ", " + manifests.size() + " partitions";
    return String.format(Locale.ROOT, "(%s: %,d of %,d rows)", where, printed, rows(manifests));
  }
}
