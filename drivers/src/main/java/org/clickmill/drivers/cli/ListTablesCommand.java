package org.clickmill.drivers.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.text.WordUtils;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.drivers.catalog.TablesPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the tables. */
@Command(
    name = "tables",
    description = {
      "Lists the tables that the settings ask for: what a row is, and the columns that identify one.",
      "'clickmill describe TABLE' tells more about one."
    },
    footer = {"", "Examples:", "  clickmill tables", "  clickmill tables --all --json"})
final class ListTablesCommand extends BaseCommand {
  private static final int WIDTH = 80;

  @Option(
      names = "--all",
      description = "List the internal tables too, and those that the settings do not ask for.")
  private boolean all;

  @Option(
      names = "--markdown",
      description = "Print the reference page docs/tables.md instead: all tables, all columns.")
  private boolean markdown;

  /**
   * A table.
   *
   * @param key null where rows may be equal
   * @param written whether the settings ask for it
   */
  record Line(
      String table, String description, List<String> key, boolean internal, boolean written) {
    static Line of(CatalogTable table, boolean written) {
      return new Line(
          table.name(),
          table.text(),
          table.key().orElse(null),
          table.description().isInternal(),
          written);
    }
  }

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  protected void run(CommandContext context) {
    if (markdown) {
      refuse(List.of("--all", "--json"), "--markdown prints a page of all tables");
      context.console().text(TablesPage.markdown(TableCatalog.of(context.configuration())));
      return;
    }
    var catalog = TableCatalog.of(context.configuration());
    var lines =
        (all ? catalog.all() : catalog.queried())
            .stream().map(table -> Line.of(table, catalog.isWritten(table))).toList();
    context.console().result(lines, () -> text(lines));
  }

  private static String text(List<Line> lines) {
    int longest = lines.stream().mapToInt(line -> line.table().length()).max().orElse(0);
    var indent = " ".repeat(longest + 2);
    var texts = new ArrayList<String>();
    for (var line : lines) {
      var notes = new ArrayList<String>();
      if (line.internal()) {
        notes.add("internal");
      }
      if (!line.written()) {
        notes.add("not asked for by the settings");
      }
      notes.add(line.key() == null ? "no key" : "key: " + String.join(", ", line.key()));
      texts.add(
          line.table()
              + indent.substring(line.table().length())
              + wrapped(line.description(), indent)
              + System.lineSeparator()
              + indent
              + wrapped(String.join("; ", notes), indent));
    }
    return String.join(System.lineSeparator(), texts);
  }

  private static String wrapped(String text, String indent) {
    return WordUtils.wrap(text, WIDTH - indent.length(), System.lineSeparator() + indent, false);
  }
}
