package org.clickmill.drivers.report;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.drivers.report.Report.Missing;
import org.clickmill.drivers.report.ReportTable.Column;
import org.clickmill.drivers.report.ReportTable.Kind;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.SuiteVersion;
import org.clickmill.formats.warehouse.Warehouse;

/** Reads what a report tells from a warehouse. */
public final class ReportReader {
  /** Ten years; a report of more days would be too large for a browser. */
  static final int MOST_DAYS = 3_660;

  /** How many rows a table by day and value has at most, roughly: more days, fewer values. */
  private static final int MOST_ROWS = 20_000;

  private static final int MOST_VALUES = 50;

  /** Also of tables with several rows for each day and value. */
  private static final int FEWEST_VALUES = 5;

  /** The longest average ends with a day and goes back to this many before it. */
  private static final int DAYS_BEFORE = 27;

  /** How many days the page opens with where nobody asked for a first one. */
  private static final int DAYS_SHOWN = 28;

  private static final String SALES = "sales";
  private static final String CLV = "clv";
  private static final String PRODUCT_SALES = "sales_by_product";
  private static final String PRODUCT_VIEWS = "views_by_product";

  private final Warehouse warehouse;
  private final Clock clock;
  private final TableCatalog catalog;

  public ReportReader(Warehouse warehouse, Clock clock) {
    this.warehouse = warehouse;
    this.clock = clock;
    this.catalog = TableCatalog.of(warehouse.configuration());
  }

  /**
   * Reads the tables of a range of days, and of as many days before it.
   *
   * @param from the first day; null for the first with sales, or with any table where there are no
   *     sales, but no more than ten years before the last
   * @param to the last day; null for the last of these
   * @throws ClickmillException of kind not ready if the range holds no day of any table; of kind
   *     usage if it is longer than ten years
   */
  public Report read(LocalDate from, LocalDate to) throws IOException {
    var known = knownDays(from, to);
    if (known.isEmpty()) {
      throw ClickmillException.notReady(
          "Missing tables in warehouse %s%s (pipeline makes them)",
          warehouse.root(), range(from, to));
    }
    var last = to == null ? known.last() : to;
    var begin = from == null ? known.first() : from;
    long days = ChronoUnit.DAYS.between(begin, last) + 1;
    if (from != null && days > MOST_DAYS) {
      throw ClickmillException.usage(
          "Invalid range: %s to %s has %d days, more than the %d of a report (name a later --from)",
          from, last, days, MOST_DAYS);
    }
    if (days > MOST_DAYS) {
      begin = last.minusDays(MOST_DAYS - 1L);
      days = MOST_DAYS;
    }
    var before = Math.min(MOST_DAYS, Math.max(days, DAYS_BEFORE));
    return read(begin, last, begin.minusDays(before), from == null && days >= 2 * DAYS_SHOWN);
  }

  /** The tables that a report was read from. */
  public List<String> tablesOf(Report report) throws IOException {
    var names = new TreeSet<>(tableNames());
    names.add(Datasets.EVENTS_DAILY);
    names.add(Datasets.REJECTS);
    names.add(Datasets.DATA_QUALITY);
    report.missing().forEach(missing -> names.remove(missing.table()));
    names.retainAll(warehouse.datasets());
    return List.copyOf(names);
  }

  private Report read(LocalDate from, LocalDate to, LocalDate first, boolean isOpenedShort)
      throws IOException {
    var inputs = new LinkedHashMap<String, DayRows>();
    var missing = new ArrayList<Missing>();
    for (var name : tableNames()) {
      var table = catalogTable(name);
      if (table != null) {
        var rows = new DayRows(warehouse, table, first, to);
        if (rows.days().tailSet(from).isEmpty()) {
          missing.add(new Missing(name, command(table), catalog.isWritten(table)));
        } else {
          inputs.put(name, rows);
        }
      }
    }
    var tables = new LinkedHashMap<String, ReportTable>();
    var events = new DayRows(warehouse, catalogTable(Datasets.EVENTS_DAILY), first, to);
    put(tables, QualityTables.events(events));
    if (inputs.containsKey(SessionDays.NAME)) {
      put(tables, new SessionDays(inputs.get(SessionDays.NAME)).table());
    }
    addSources(tables, inputs, ChronoUnit.DAYS.between(first, to) + 1);
    if (inputs.containsKey(CLV)) {
      new CustomerTables(inputs.get(CLV)).tables().forEach(table -> put(tables, table));
    }
    put(tables, QualityTables.freshness(inputs.values(), from, to));
    var checked = new DayRows(warehouse, catalogTable(Datasets.DATA_QUALITY), from, to);
    if (!checked.days().isEmpty()) {
      put(tables, QualityTables.checks(checked));
    }
    put(
        tables,
        QualityTables.rejects(new DayRows(warehouse, catalogTable(Datasets.REJECTS), null, null)));
    var eventDays = warehouse.days(Datasets.EVENTS_DAILY);
    return new Report(
        Report.VERSION,
        SuiteVersion.text(),
        clock.instant(),
        warehouse.root().toString(),
        ReportSettings.of(warehouse.configuration()),
        from,
        to,
        firstDay(tables, from),
        isOpenedShort ? to.minusDays(DAYS_SHOWN - 1L) : from,
        eventDays.isEmpty() ? null : eventDays.last(),
        List.copyOf(tables.values()),
        Checks.of(tables),
        missing);
  }

  /** Adds what is copied and summed. */
  private void addSources(Map<String, ReportTable> tables, Map<String, DayRows> inputs, long days)
      throws IOException {
    int mostValues =
        Math.toIntExact(Math.max(FEWEST_VALUES, Math.min(MOST_VALUES, MOST_ROWS / days)));
    var products = products(inputs, mostValues);
    for (var source : Source.ALL) {
      var rows = inputs.get(source.table());
      if (rows == null) {
        continue;
      }
      if (source instanceof Source.Days copied) {
        put(tables, new CopiedRows(rows).days(copied));
      } else if (source instanceof Source.LastDay copied) {
        put(tables, new CopiedRows(rows).lastDay(copied));
      } else if (source instanceof Source.Top top) {
        var sums = new TopRows(rows, top);
        var ranking =
            top.name().equals(PRODUCT_SALES) || top.name().equals(PRODUCT_VIEWS)
                ? products
                : sums.rank(top.within().isEmpty() ? mostValues : FEWEST_VALUES);
        put(tables, sums.sums(ranking.values(), ranking.isExact()));
        if (!top.attributes().isEmpty()) {
          put(tables, attributes(top, sums));
        }
      }
    }
  }

  /**
   * Products with the greatest revenue, and those with the most views: one list for both tables.
   */
  private static TopRows.Ranking products(Map<String, DayRows> inputs, int mostValues)
      throws IOException {
    var products = new LinkedHashSet<String>();
    boolean isExact = true;
    for (var source : Source.ALL) {
      if (source instanceof Source.Top top
          && (top.name().equals(PRODUCT_SALES) || top.name().equals(PRODUCT_VIEWS))
          && inputs.containsKey(top.table())) {
        var ranking = new TopRows(inputs.get(top.table()), top).rank(mostValues);
        products.addAll(ranking.values());
        isExact &= ranking.isExact();
      }
    }
    return new TopRows.Ranking(List.copyOf(products), isExact);
  }

  private static ReportTable attributes(Source.Top source, TopRows sums) {
    var columns = new ArrayList<Column>();
    columns.add(new Column(source.value(), Kind.TEXT, "The product."));
    source
        .attributes()
        .forEach(
            name ->
                columns.add(
                    new Column(name, Kind.TEXT, "Its " + name + " on its last day of the range.")));
    var rows = new ArrayList<List<Object>>();
    sums.attributes()
        .forEach(
            (value, known) -> {
              var row = new ArrayList<Object>(List.of(value));
              row.addAll(known);
              rows.add(row);
            });
    return new ReportTable("products", "A product of the report.", null, columns, rows);
  }

  private static void put(Map<String, ReportTable> tables, ReportTable table) {
    tables.put(table.name(), table);
  }

  /** The first day that any table has, at most the first that was asked for. */
  private static LocalDate firstDay(Map<String, ReportTable> tables, LocalDate from) {
    return tables.values().stream()
        .filter(table -> table.columns().get(0).name().equals("day"))
        .flatMap(table -> table.rows().stream())
        .map(row -> (LocalDate) row.get(0))
        .reduce(from, (one, other) -> one.isBefore(other) ? one : other);
  }

  /** The warehouse's tables that the report is made of, each once. */
  private static Set<String> tableNames() {
    var names = new LinkedHashSet<String>();
    names.add(SALES);
    names.add(SessionDays.NAME);
    Source.ALL.forEach(source -> names.add(source.table()));
    names.add(CLV);
    return names;
  }

  /** A table, or null where this suite does not have it. */
  private CatalogTable catalogTable(String name) {
    return catalog.all().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static String command(CatalogTable table) {
    return table.entry().map(entry -> entry.command()).orElse("import");
  }

  private NavigableSet<LocalDate> knownDays(LocalDate from, LocalDate to) throws IOException {
    var sales = daysOf(SALES, from, to);
    if (!sales.isEmpty()) {
      return sales;
    }
    var days = new TreeSet<LocalDate>();
    for (var name : tableNames()) {
      days.addAll(daysOf(name, from, to));
    }
    return days;
  }

  private NavigableSet<LocalDate> daysOf(String name, LocalDate from, LocalDate to)
      throws IOException {
    var table = catalogTable(name);
    return table == null ? new TreeSet<>() : new DayRows(warehouse, table, from, to).days();
  }

  private static String range(LocalDate from, LocalDate to) {
    return (from == null ? "" : " from " + from) + (to == null ? "" : " to " + to);
  }
}
