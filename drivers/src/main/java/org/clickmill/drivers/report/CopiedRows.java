package org.clickmill.drivers.report;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.PriorityQueue;
import org.clickmill.drivers.report.ReportTable.Column;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.TableDescription;
import org.clickmill.formats.table.TableSchema.Type;

/** Copies rows of a table of the warehouse. */
final class CopiedRows {
  private final DayRows rows;

  CopiedRows(DayRows rows) {
    this.rows = rows;
  }

  /**
   * Every day's rows.
   *
   * @throws ClickmillException if a day has more rows than it can have
   */
  ReportTable days(Source.Days source) throws IOException {
    var names = source.columns().isEmpty() ? shown() : source.columns();
    var columns = new ArrayList<Column>();
    columns.add(ReportTable.day("The day, of UTC."));
    names.forEach(name -> columns.add(column(name)));
    var copied = new ArrayList<List<Object>>();
    var counts = new HashMap<LocalDate, Integer>();
    rows.forEach(
        names,
        (day, row) -> {
          if (counts.merge(day, 1, Integer::sum) > source.mostRows()) {
            throw ClickmillException.failed(
                "Invalid table %s: more than %d rows on %s (describe %s says what identifies one)",
                source.table(), source.mostRows(), day, source.table());
          }
          copied.add(values(day, names, row));
        });
    return new ReportTable(source.name(), rows.table().text(), null, columns, copied);
  }

  /** The first rows of the last day, in an order, in memory for as many as are wanted. */
  ReportTable lastDay(Source.LastDay source) throws IOException {
    var names = shown();
    var columns = names.stream().map(this::column).toList();
    if (rows.days().isEmpty()) {
      return new ReportTable(source.name(), rows.table().text(), null, columns, List.of());
    }
    var day = rows.days().last();
    record Numbered(long number, List<Object> values) {}
    var inOrder = Comparator.comparingLong(Numbered::number);
    if (source.order() != null) {
      int place = names.indexOf(source.order());
      Comparator<Numbered> byOrder =
          Comparator.comparing(numbered -> comparable(numbered.values().get(place)));
      inOrder = (source.isDescending() ? byOrder.reversed() : byOrder).thenComparing(inOrder);
    }
    var first = new PriorityQueue<>(inOrder.reversed());
    long[] count = new long[1];
    rows.forEach(
        day,
        names,
        (where, row) -> {
          first.add(new Numbered(count[0]++, values(null, names, row)));
          if (first.size() > source.mostRows()) {
            first.remove();
          }
        });
    var copied = first.stream().sorted(inOrder).map(Numbered::values).toList();
    return new ReportTable(source.name(), rows.table().text(), day, columns, copied);
  }

  /** Values of one column are of one class. */
  @SuppressWarnings("unchecked")
  private static Comparable<Object> comparable(Object value) {
    return (Comparable<Object>) value;
  }

  private List<String> shown() {
    return rows.table().columns().stream()
        .filter(column -> !column.isPersonal() && column.type() != Type.BINARY)
        .map(TableDescription.Column::name)
        .toList();
  }

  private Column column(String name) {
    var column = rows.column(name);
    return new Column(name, ReportTable.kind(column.type(), name), column.text());
  }

  private static List<Object> values(LocalDate day, List<String> names, TableReader row) {
    var values = new ArrayList<Object>();
    if (day != null) {
      values.add(day);
    }
    for (var name : names) {
      values.add(row.value(name));
    }
    return values;
  }
}
