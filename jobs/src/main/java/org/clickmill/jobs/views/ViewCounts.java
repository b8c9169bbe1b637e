package org.clickmill.jobs.views;

import static org.clickmill.jobs.views.ProductEvents.KNOWN;
import static org.clickmill.jobs.views.ProductEvents.VIEW;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.groupby.Grouping;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table;

/** Views and distinct visitors per product, by day and by hour. */
public final class ViewCounts extends GroupBy<ProductEvents> {
  public static final String DAILY = "view_counts";
  public static final String HOURLY = "view_counts_hourly";

  private static final String VISITORS = "visitors";
  private static final List<String> LAST_EVENT = List.of("brand", "category_code");
  private static final long HOUR = 3_600_000L;

  public static final ConfigKey<List<String>> TABLES =
      ConfigKey.ofList(
          "clickmill.view-counts.tables",
          DAILY + "," + HOURLY,
          List.of(DAILY, HOURLY),
          "The tables that view-counts, analyze and pipeline write.");

  /** Those that take time beyond the counting of views. */
  public static final ConfigKey<List<String>> COLUMNS =
      ConfigKey.ofList(
          "clickmill.view-counts.columns",
          "brand,category_code,visitors",
          List.of("brand", "category_code", VISITORS),
          "The columns of view counts that are filled besides views, or 'none'; the others are NULL."
              + " 'visitors' stands for visitors and visitors_sketch.");

  static final TableSchema DAILY_SCHEMA = TableSchema.load(ViewCounts.class, DAILY + ".avsc");
  static final TableSchema HOURLY_SCHEMA = TableSchema.load(ViewCounts.class, HOURLY + ".avsc");

  private static final int LOGIC_VERSION = 1;

  public ViewCounts() {
    super("view-counts", ProductEvents::new);
  }

  @Override
  public List<Table> tables() {
    return List.of(table(DAILY, DAILY_SCHEMA), table(HOURLY, HOURLY_SCHEMA));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    var wanted = Set.copyOf(TABLES.get(configuration));
    return tables().stream().filter(table -> wanted.contains(table.dataset())).toList();
  }

  /** Where brand or category are wanted, the last event of a product tells them, view or not. */
  @Override
  protected void declare(Grouping<ProductEvents> events) {
    var wanted = COLUMNS.get(events.configuration());
    var ofLastEvent = LAST_EVENT.stream().filter(wanted::contains).toList();
    events.where(ofLastEvent.isEmpty() ? VIEW : KNOWN);
    if (events.table().dataset().equals(HOURLY)) {
      events.timeKey("event_time", "hour_start", HOUR);
    }
    events.key("product_id");

    var views = events.filter(VIEW);
    events.having(views.count("views"));
    if (!ofLastEvent.isEmpty()) {
      events.last("event_time", ofLastEvent);
    }
    events.absent(LAST_EVENT.stream().filter(column -> !wanted.contains(column)).toList());
    if (wanted.contains(VISITORS)) {
      views.sketch(VISITORS, "visitors_sketch", ProductEvents::visitors);
    } else {
      events.absent(List.of(VISITORS, "visitors_sketch"));
    }
  }

  private static Table table(String dataset, TableSchema schema) {
    return Table.daily(
        dataset, schema, Inputs.day(Datasets.EVENTS_DAILY), LOGIC_VERSION, List.of(COLUMNS));
  }
}
