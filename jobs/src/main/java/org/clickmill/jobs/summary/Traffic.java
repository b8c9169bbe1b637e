package org.clickmill.jobs.summary;

import static org.clickmill.jobs.summary.DaySessions.BOUNCE;
import static org.clickmill.jobs.summary.DaySessions.WITH_PURCHASE;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.analyst.AnalystTables;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.groupby.Grouping;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table;

/** The sessions of a day by where their visitors came from. */
public final class Traffic extends GroupBy<DaySessions> {
  static final String DATASET = AnalystTables.TRAFFIC;

  private static final String SESSIONS = "sessions";
  private static final String NONE = "(none)";
  private static final TableSchema SCHEMA = TableSchema.load(Traffic.class, DATASET + ".avsc");

  public Traffic() {
    super(DATASET, DaySessions::new);
  }

  @Override
  public String command() {
    return "pipeline";
  }

  @Override
  public boolean bringsInputs() {
    return true;
  }

  @Override
  public List<Table> tables() {
    return List.of(Table.daily(DATASET, SCHEMA, Inputs.day(SESSIONS), 1, List.of()));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return AnalystTables.asked(tables(), configuration);
  }

  @Override
  protected void declare(Grouping<DaySessions> sessions) {
    for (var column : List.of("traffic_source", "campaign", "device", "country")) {
      sessions.key(column, column, NONE);
    }
    sessions.count("sessions");
    sessions.filter(BOUNCE).count("bounces");
    sessions.filter(WITH_PURCHASE).count("sessions_with_purchase");
    sessions.sum("orders", DaySessions::orders);
    sessions.money("revenue", DaySessions::revenues);
  }
}
