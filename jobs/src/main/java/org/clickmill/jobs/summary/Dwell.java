package org.clickmill.jobs.summary;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.analyst.AnalystTables;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.groupby.Grouping;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table;

/** The time that the sessions of a day spent with each category on each device. */
public final class Dwell extends GroupBy<DwellRows> {
  private static final String DATASET = AnalystTables.DWELL;
  private static final String SESSION_DWELL = "session_dwell";
  private static final String NONE = "(none)";
  private static final long SECOND = 1000;
  private static final double MEDIAN = 0.5;
  private static final TableSchema SCHEMA = TableSchema.load(Dwell.class, DATASET + ".avsc");

  public Dwell() {
    super(DATASET, DwellRows::new);
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
    return List.of(Table.daily(DATASET, SCHEMA, Inputs.day(SESSION_DWELL), 1, List.of()));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return AnalystTables.asked(tables(), configuration);
  }

  @Override
  protected void declare(Grouping<DwellRows> sessions) {
    sessions.key("category_code", "category_code", NONE);
    sessions.key("device", "device", NONE);
    sessions.count("sessions");
    var milliseconds = sessions.sum(DwellRows::milliseconds);
    sessions.computed("seconds", () -> milliseconds.value() / SECOND);
    var times = sessions.quantiles(DwellRows::milliseconds);
    sessions.computedDouble(
        "median_seconds", () -> (double) times.value(MEDIAN) / SECOND, () -> true);
  }
}
