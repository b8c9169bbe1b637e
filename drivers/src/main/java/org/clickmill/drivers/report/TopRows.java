package org.clickmill.drivers.report;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.clickmill.drivers.report.ReportTable.Column;
import org.clickmill.drivers.report.Source.Top;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.TableSchema.Type;

/**
 * Sums by day of the values with the greatest totals, and of all others together. The table is read
 * for the values that can be among the greatest, for their exact totals, and for the sums; the
 * memory is that of a fixed number of values.
 */
final class TopRows {
  /** Values that are counted exactly in a second reading. */
  private static final int CANDIDATES = 20_000;

  private static final String NONE = "(none)";
  private static final String STEP = "step";

  private final DayRows rows;
  private final Top source;

  /** Of each value that was summed, what its last row says. */
  private final Map<String, List<Object>> attributes = new HashMap<>();

  TopRows(DayRows rows, Top source) {
    this.rows = rows;
    this.source = source;
  }

  /**
   * The values with the greatest totals.
   *
   * @param values greatest first, ties by name
   * @param isExact whether no other value can have a greater total; the totals are exact anyway
   */
  record Ranking(List<String> values, boolean isExact) {}

  Ranking rank(int mostValues) throws IOException {
    return rank(mostValues, CANDIDATES);
  }

  Ranking rank(int mostValues, int mostCandidates) throws IOException {
    var greatest = new GreatestValues(mostCandidates);
    read(
        List.of(source.bound()),
        (day, row) -> greatest.add(value(row), row.longValue(source.bound())));
    Set<String> candidates = greatest.values();
    var totals = new HashMap<String, Long>();
    read(
        List.of(source.rank()),
        (day, row) -> {
          var value = value(row);
          if (candidates.contains(value)) {
            totals.merge(value, row.longValue(source.rank()), Math::addExact);
          }
        });
    var ranked =
        totals.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(mostValues)
            .toList();
    boolean isExact =
        greatest.error() == 0
            || !ranked.isEmpty() && ranked.get(ranked.size() - 1).getValue() > greatest.error();
    return new Ranking(ranked.stream().map(Map.Entry::getKey).toList(), isExact);
  }

  /** Rows that rank. */
  private void read(List<String> measures, DayRows.RowConsumer consumer) throws IOException {
    var columns = new ArrayList<>(measures);
    columns.add(source.value());
    if (source.rankedStep() == 0) {
      rows.forEach(columns, consumer);
      return;
    }
    columns.add(STEP);
    rows.forEach(
        columns,
        (day, row) -> {
          if (row.longValue(STEP) == source.rankedStep()) {
            consumer.accept(day, row);
          }
        });
  }

  /** The sums of some values, and of all others as that of null. */
  ReportTable sums(Collection<String> values, boolean isExact) throws IOException {
    var places = new HashMap<String, Integer>();
    values.forEach(value -> places.put(value, places.size()));
    var columns = new ArrayList<>(source.within());
    columns.add(source.value());
    columns.addAll(source.measures());
    columns.addAll(source.attributes());
    var summed = new ArrayList<List<Object>>();
    var ofDay = new DaySums(places);
    rows.forEach(
        columns,
        (day, row) -> {
          ofDay.moveTo(day, summed);
          ofDay.add(row);
        });
    ofDay.moveTo(null, summed);
    return new ReportTable(source.name(), text(values.size(), isExact), null, columns(), summed);
  }

  /** What the last row of each value that was summed says, by value. */
  Map<String, List<Object>> attributes() {
    return attributes;
  }

  private String text(int values, boolean isExact) {
    return String.format(
        Locale.ROOT,
        "%s Here: the %d of %s with the greatest %s%s, each with its exact sums, and without %s all"
            + " others together.",
        rows.table().text(),
        values,
        source.value(),
        source.rank(),
        isExact ? "" : " (some of the last may be missing: too many values are about as great)",
        source.value());
  }

  private List<Column> columns() {
    var columns = new ArrayList<Column>();
    columns.add(ReportTable.day("The day, of UTC."));
    source.within().forEach(name -> columns.add(column(name)));
    columns.add(column(source.value()));
    source.measures().forEach(name -> columns.add(column(name)));
    return columns;
  }

  private Column column(String name) {
    var column = rows.column(name);
    return new Column(name, ReportTable.kind(column.type(), name), column.text());
  }

  private String value(TableReader row) {
    var value = row.text(source.value());
    return value == null ? NONE : value;
  }

  /** The sums of one day. */
  private final class DaySums {
    private final Map<String, Integer> places;
    private final Map<List<Object>, long[]> sums = new LinkedHashMap<>();
    private LocalDate day;

    DaySums(Map<String, Integer> places) {
      this.places = places;
    }

    void add(TableReader row) {
      var value = value(row);
      boolean isListed = places.containsKey(value);
      var key = new ArrayList<Object>();
      source.within().forEach(name -> key.add(row.value(name)));
      key.add(isListed ? value : null);
      var measures = source.measures();
      long[] sum = sums.computeIfAbsent(key, of -> new long[measures.size()]);
      for (int i = 0; i < measures.size(); i++) {
        sum[i] = Math.addExact(sum[i], row.longValue(measures.get(i)));
      }
      if (isListed && !source.attributes().isEmpty()) {
        attributes.put(value, source.attributes().stream().map(row::value).toList());
      }
    }

    /** Hands the sums of the day out, if another begins. */
    void moveTo(LocalDate next, List<List<Object>> summed) {
      if (day != null && !day.equals(next)) {
        int place = source.within().size();
        sums.entrySet().stream()
            .sorted(
                Comparator.comparingInt(
                    entry -> places.getOrDefault(entry.getKey().get(place), Integer.MAX_VALUE)))
            .forEach(entry -> summed.add(row(entry.getKey(), entry.getValue())));
        sums.clear();
      }
      day = next;
    }

    private List<Object> row(List<Object> key, long[] sum) {
      var row = new ArrayList<Object>();
      row.add(day);
      row.addAll(key);
      for (int i = 0; i < sum.length; i++) {
        boolean isMoney = rows.column(source.measures().get(i)).type() == Type.MONEY;
        row.add(isMoney ? (Object) Money.decimal(sum[i]) : (Object) sum[i]);
      }
      return row;
    }
  }
}
