package org.clickmill.drivers.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.text.WordUtils;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.drivers.catalog.TablesPage;
import org.clickmill.formats.warehouse.Manifest;

/**
 * A table, as {@code describe} prints it.
 *
 * @param key null where rows may be equal
 * @param written whether the settings ask for it
 * @param settings the settings that change its rows, with their values
 * @param published null where no warehouse is named
 */
record TableView(
    String table,
    String description,
    boolean internal,
    boolean written,
    List<String> key,
    String partitions,
    List<String> madeFrom,
    List<String> usedFor,
    List<String> writtenBy,
    SortedMap<String, String> settings,
    Published published,
    List<ColumnView> columns) {
  private static final int WIDTH = 80;
  private static final String INDENT = " ".repeat(13);

  /** A column; those of the partition are not in the files. */
  record ColumnView(
      String name, String type, boolean nullable, boolean personal, String description) {}

  /**
   * What is there.
   *
   * @param first path of the first partition below the table's folder, or null
   * @param last path of the last partition, or null
   */
  record Published(long partitions, String first, String last, long rows, long bytes) {
    static Published of(Collection<Manifest> manifests) {
      var paths = manifests.stream().map(Manifest::partition).sorted().toList();
      return new Published(
          paths.size(),
          paths.isEmpty() ? null : paths.get(0),
          paths.isEmpty() ? null : paths.get(paths.size() - 1),
          manifests.stream().mapToLong(manifest -> manifest.fingerprint().rows()).sum(),
          manifests.stream().mapToLong(Manifest::bytes).sum());
    }

    String text() {
      return partitions == 0
          ? "nothing yet"
          : String.format(
              Locale.ROOT,
              "%,d %s, %s, %,d rows, %,d bytes",
              partitions,
              partitions == 1 ? "partition" : "partitions",
              partitions == 1 ? first : first + " to " + last,
              rows,
              bytes);
    }
  }

  /**
   * @param manifests those of the table's partitions; null where no warehouse is named
   */
  static TableView of(
      CatalogTable table,
      TableCatalog tables,
      Configuration configuration,
      Collection<Manifest> manifests) {
    var columns = new ArrayList<ColumnView>();
    for (var key : table.partitions()) {
      columns.add(new ColumnView(key.name(), "string", false, false, key.text()));
    }
    for (var column : table.columns()) {
      columns.add(
          new ColumnView(
              column.name(),
              TablesPage.type(column.type()),
              column.isNullable(),
              column.isPersonal(),
              column.text()));
    }
    var settings = new TreeMap<String, String>();
    table
        .settings()
        .forEach(key -> settings.put(key.name(), String.valueOf(key.get(configuration))));
    return new TableView(
        table.name(),
        table.text(),
        table.description().isInternal(),
        tables.isWritten(table),
        table.key().orElse(null),
        table.cadence(),
        table.inputs(),
        tables.madeFrom(table),
        table.commands(),
        settings,
        manifests == null ? null : Published.of(manifests),
        columns);
  }

  String text() {
    var lines = new ArrayList<String>();
    lines.add(WordUtils.wrap(table + ": " + description, WIDTH, System.lineSeparator(), false));
    if (internal) {
      lines.add("Internal: only other tables are made from it, and its columns may change.");
    }
    if (!written) {
      lines.add("The settings do not ask for it.");
    }
    lines.add("");
    add(lines, "key", key == null ? "none, rows may be equal" : String.join(", ", key));
    add(lines, "partitions", partitions);
    add(lines, "made from", madeFrom.isEmpty() ? "files and topics" : String.join("; ", madeFrom));
    if (!usedFor.isEmpty()) {
      add(lines, "used for", String.join(", ", usedFor));
    }
    add(lines, "written by", String.join(", ", writtenBy));
    settings.forEach(
        (name, value) ->
            add(lines, "setting", name + " = " + (value.isEmpty() ? "(none)" : value)));
    if (published != null) {
      add(lines, "published", published.text());
    }
    lines.add("");
    addColumns(lines);
    return String.join(System.lineSeparator(), lines);
  }

  private static void add(List<String> lines, String title, String text) {
    lines.add(
        title
            + INDENT.substring(title.length())
            + WordUtils.wrap(
                text, WIDTH - INDENT.length(), System.lineSeparator() + INDENT, false));
  }

  private void addColumns(List<String> lines) {
    int longest = columns.stream().mapToInt(column -> column.name().length()).max().orElse(0);
    var form = "%-" + longest + "s  %-13s  %-4s  ";
    lines.add(String.format(Locale.ROOT, form + "%s", "column", "type", "NULL", "meaning"));
    for (var column : columns) {
      var start =
          String.format(
              Locale.ROOT, form, column.name(), column.type(), column.nullable() ? "yes" : "no");
      var text = (column.personal() ? "Personal. " : "") + column.description();
      lines.add(
          start
              + WordUtils.wrap(
                  text,
                  WIDTH - start.length(),
                  System.lineSeparator() + " ".repeat(start.length()),
                  false));
    }
  }
}
