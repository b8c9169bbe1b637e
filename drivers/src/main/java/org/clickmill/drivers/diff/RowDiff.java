package org.clickmill.drivers.diff;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.drivers.catalog.RowWriter;
import org.clickmill.drivers.diff.SortedRecords.Entry;
import org.clickmill.drivers.pipeline.Nearest;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Versions.Version;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * The rows that differ between two versions of a partition. Where a table has no key, a row is its
 * own key, so that rows are added or removed, never changed.
 */
public final class RowDiff {
  private static final String CHANGE = "change";
  private static final String VERSION = "version";
  private static final String CHANGED = "changed_columns";

  /** Columns that say where a row came from; rows are equal whatever they hold. */
  private static final String PROVENANCE = "source_";

  private static final int ROWS_A_CHECK = 1_000;

  private final Warehouse warehouse;
  private final TableSchema schema;
  private final List<String> key;
  private final List<String> compared;
  private final RowBytes keys;
  private final RowBytes values;
  private final long memory;

  /** How many rows differ. */
  public record Summary(long added, long removed, long changed) {
    /** All that differ. */
    public long rows() {
      return added + removed + changed;
    }
  }

  /**
   * @param columns those that are compared besides the key; empty for all
   * @throws ClickmillException of kind usage if there is no column of a name
   */
  public RowDiff(Warehouse warehouse, CatalogTable table, List<String> columns) {
    this(warehouse, table, columns, RecordSort.DEFAULT_MEMORY);
  }

  RowDiff(Warehouse warehouse, CatalogTable table, List<String> columns, long memory) {
    this.warehouse = warehouse;
    this.schema = table.schema();
    this.memory = memory;
    var all =
        schema.columns().stream()
            .map(TableSchema.Column::name)
            .filter(name -> !name.startsWith(PROVENANCE))
            .toList();
    columns.forEach(name -> requireKnown(table, name));
    var wanted = columns.isEmpty() ? all : columns.stream().distinct().toList();
    key = table.description().key().orElse(wanted);
    compared = wanted.stream().filter(name -> !key.contains(name)).toList();
    keys = new RowBytes(schema, key);
    values = new RowBytes(schema, compared);
  }

  private static void requireKnown(CatalogTable table, String name) {
    if (!table.schema().contains(name)) {
      var known = table.schema().columns().stream().map(TableSchema.Column::name).toList();
      throw ClickmillException.usage(
          "Cannot find column '%s' of table %s.%s Columns: %s",
          name, table.name(), Nearest.question(name, known, ""), String.join(", ", known));
    }
  }

  /**
   * Prints the rows that differ, in the order of the key: of a changed row the older version and
   * then the newer one.
   *
   * @param limit how many differing rows to print at most; all are counted
   * @throws ClickmillException if files of a version are missing
   */
  public Summary print(VersionPair versions, long limit, RowWriter writer) throws IOException {
    try (var before = sort(versions.before(), versions.after());
        var after = sort(versions.after(), versions.before())) {
      var printed = new ArrayList<>(List.of(CHANGE, VERSION, CHANGED));
      printed.addAll(key);
      printed.addAll(compared);
      writer.begin(printed);
      var printer = new Printer(versions, limit, writer);
      SideBySide.read(before.sorted(), after.sorted(), printer);
      writer.end();
      writer.check();
      return new Summary(printer.added, printer.removed, printer.changed);
    }
  }

  /** The rows of a version that the other may not have as they are. */
  private RecordSort sort(Version version, Version other) throws IOException {
    var sort = new RecordSort(memory);
    try {
      var shared = new HashSet<>(other.manifest().files());
      for (var file : version.manifest().files()) {
        if (!shared.contains(file)) {
          add(version, file, sort);
        }
      }
      return sort;
    } catch (IOException | RuntimeException e) {
      sort.close();
      throw e;
    }
  }

  private void add(Version version, DataFile file, RecordSort sort) throws IOException {
    var path = new Path(version.folder(), file.name());
    var wanted = new ArrayList<>(key);
    wanted.addAll(compared);
    if (wanted.isEmpty()) {
      wanted.add(schema.columns().get(0).name());
    }
    long rows = 0;
    var request = BatchRequest.of(schema, wanted);
    try (var row =
        TableReader.open(warehouse.fileSystem(), path, request, warehouse.configuration())) {
      while (row.next()) {
        sort.add(keys.write(row), values.write(row));
        rows++;
      }
    }
    if (rows != file.records()) {
      throw ClickmillException.failed(
          "Cannot read %s: of its %d rows there are %d", path, file.records(), rows);
    }
  }

  /** Counts what differs, and prints as much as is wanted. */
  private final class Printer implements SideBySide.Visitor {
    private final VersionPair versions;
    private final long limit;
    private final RowWriter writer;
    private long added;
    private long removed;
    private long changed;

    Printer(VersionPair versions, long limit, RowWriter writer) {
      this.versions = versions;
      this.limit = limit;
      this.writer = writer;
    }

    @Override
    public void first(Entry entry) throws IOException {
      print("removed", versions.before(), null, entry);
      removed++;
    }

    @Override
    public void second(Entry entry) throws IOException {
      print("added", versions.after(), null, entry);
      added++;
    }

    @Override
    public void both(Entry first, Entry second) throws IOException {
      var before = values.read(first.value());
      var after = values.read(second.value());
      var names = new ArrayList<String>();
      for (int i = 0; i < compared.size(); i++) {
        if (!Objects.deepEquals(before.get(i), after.get(i))) {
          names.add(compared.get(i));
        }
      }
      if (!names.isEmpty()) {
        var text = String.join(", ", names);
        print("changed", versions.before(), text, first);
        print("changed", versions.after(), text, second);
        changed++;
      }
    }

    private void print(String change, Version version, String names, Entry entry)
        throws IOException {
      long before = added + removed + changed;
      if (before >= limit) {
        return;
      }
      var row = new ArrayList<Object>();
      row.add(change);
      row.add((long) version.manifest().version());
      row.add(names);
      row.addAll(keys.read(entry.key()));
      row.addAll(values.read(entry.value()));
      writer.write(row);
      if (before % ROWS_A_CHECK == 0) {
        writer.check();
      }
    }
  }
}
