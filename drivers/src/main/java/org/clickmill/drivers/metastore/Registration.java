package org.clickmill.drivers.metastore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was, or would be, changed in the metastore.
 *
 * @param database where the tables are registered
 * @param tables those that were looked at
 * @param seconds wall time
 */
public record Registration(String database, List<TableChange> tables, double seconds) {
  public Registration {
    tables = List.copyOf(tables);
  }

  /** The tables that could not be registered. */
  public List<TableChange> failures() {
    return tables.stream().filter(table -> table.failure() != null).toList();
  }

  /** Everything in one line. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%,d %s of database %s: %,d partitions added, %,d changed, %,d dropped in %.1f s",
        tables.size(),
        tables.size() == 1 ? "table" : "tables",
        database,
        tables.stream().mapToLong(TableChange::added).sum(),
        tables.stream().mapToLong(TableChange::changed).sum(),
        tables.stream().mapToLong(TableChange::dropped).sum(),
        seconds);
  }

  /** The tables that were different, and the summary. */
  public String text() {
    var lines = new ArrayList<String>();
    var different = tables.stream().filter(table -> !table.isNothing()).toList();
    if (!different.isEmpty()) {
      lines.add(TableChange.header());
      different.forEach(table -> lines.add(table.text()));
    }
    lines.add(summary() + ".");
    return String.join(System.lineSeparator(), lines);
  }
}
