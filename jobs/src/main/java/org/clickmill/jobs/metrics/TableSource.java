package org.clickmill.jobs.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.TableDescription;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.expression.NumberVector;
import org.clickmill.jobs.expression.TextVector;
import org.clickmill.jobs.expression.ValueType;

/** The rows of a table as they are, with the day of their partition; events with their visitor. */
final class TableSource implements MetricSource {
  static final String DAY = "dt";

  private final Map<String, Column> columns = new HashMap<>();
  private final List<Column> all = new ArrayList<>();
  private final Visitors visitors;
  private ColumnBatch batch;
  private int[] batchRows = new int[0];
  private boolean hasVisitors;

  /**
   * @param areEvents whether the table's rows have a visitor
   */
  TableSource(TableSchema schema, boolean areEvents) {
    for (var column : TableDescription.of(schema).columns()) {
      var type = ValueType.of(column.type());
      if (type != null) {
        all.add(new Column(column.name(), type, column.isNullable(), column.isPersonal()));
      }
    }
    all.add(new Column(DAY, ValueType.DATE, false, false));
    visitors = areEvents ? new Visitors() : null;
    if (areEvents) {
      all.add(new Column(Visitors.NAME, ValueType.STRING, true, true));
    }
    all.forEach(column -> columns.put(column.name(), column));
  }

  @Override
  public List<Column> all() {
    return all;
  }

  /** Never none, since a batch without columns has no rows to be found. */
  @Override
  public List<String> inputColumns(Set<String> used) {
    var read = new LinkedHashSet<String>();
    for (var name : used) {
      if (name.equals(Visitors.NAME) && visitors != null) {
        read.addAll(Visitors.COLUMNS);
      } else if (!name.equals(DAY)) {
        read.add(name);
      }
    }
    if (read.isEmpty()) {
      read.add(all.get(0).name());
    }
    return List.copyOf(read);
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public int begin(ColumnBatch next) {
    batch = next;
    hasVisitors = false;
    if (batchRows.length < next.size()) {
      batchRows = new int[next.size()];
      Arrays.setAll(batchRows, row -> row);
    }
    return next.size();
  }

  @Override
  public int[] batchRows() {
    return batchRows;
  }

  @Override
  public void numbers(String column, int[] rows, int size, NumberVector target) {
    if (column.equals(DAY)) {
      BatchColumns.constant(batch.partition().day().toEpochDay(), size, target);
    } else {
      BatchColumns.numbers(batch, columns.get(column), batchRows, rows, size, target);
    }
  }

  @Override
  public void texts(String column, int[] rows, int size, TextVector target) {
    if (visitors == null || !column.equals(Visitors.NAME)) {
      BatchColumns.texts(batch.strings(column), batchRows, rows, size, target);
      return;
    }
    if (!hasVisitors) {
      hasVisitors = true;
      visitors.begin(batch);
    }
    visitors.texts(batchRows, rows, size, target);
  }
}
