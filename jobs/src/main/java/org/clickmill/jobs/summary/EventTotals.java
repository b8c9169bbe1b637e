package org.clickmill.jobs.summary;

import static org.clickmill.jobs.summary.AllEvents.OF_VISITOR;
import static org.clickmill.jobs.summary.AllEvents.VIEW;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.groupby.Grouping;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table;

/**
 * Events, views and visitors of a day. No setting asks for it; it is there for the tables that are
 * made from it.
 */
public final class EventTotals extends GroupBy<AllEvents> {
  static final String DATASET = "event_totals";

  private static final TableSchema SCHEMA = TableSchema.load(EventTotals.class, DATASET + ".avsc");

  public EventTotals() {
    super("event-totals", AllEvents::new);
  }

  @Override
  public List<Table> tables() {
    return List.of(Table.daily(DATASET, SCHEMA, Inputs.day(Datasets.EVENTS_DAILY), 1, List.of()));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return List.of();
  }

  @Override
  protected void declare(Grouping<AllEvents> events) {
    events.count("events");
    events.filter(VIEW).count("views");
    events.filter(OF_VISITOR).distinct("visitors", AllEvents::visitors);
  }
}
