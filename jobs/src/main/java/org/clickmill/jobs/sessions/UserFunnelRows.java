package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.WindowRows;

/** Counts the visitors of a day's window, and writes a row for each step at the end of the day. */
final class UserFunnelRows implements WindowRows {
  private static final TableSchema SCHEMA = UserFunnel.SCHEMA;
  private static final int FUNNEL = SCHEMA.ordinal("funnel");
  private static final int WINDOW_DAYS = SCHEMA.ordinal("window_days");
  private static final int STEP = SCHEMA.ordinal("step");
  private static final int STEP_NAME = SCHEMA.ordinal("step_name");
  private static final int USERS = SCHEMA.ordinal("users");
  private static final int DROP_OFF = SCHEMA.ordinal("drop_off");
  private static final int FROM_PREVIOUS = SCHEMA.ordinal("conversion_from_previous");
  private static final int FROM_FIRST = SCHEMA.ordinal("conversion_from_first");
  private static final int MEDIAN = SCHEMA.ordinal("median_seconds_from_previous");
  private static final int P90 = SCHEMA.ordinal("p90_seconds_from_previous");

  private final Map<String, FunnelDefinition> definitions = new TreeMap<>();
  private final Map<String, FunnelCounts> counts = new TreeMap<>();
  private final int windowDays;

  UserFunnelRows(List<FunnelDefinition> definitions, int windowDays) {
    definitions.forEach(definition -> this.definitions.put(definition.name(), definition));
    this.windowDays = windowDays;
  }

  @Override
  public void begin(LocalDate day) {
    counts.clear();
  }

  @Override
  public void write(ByteReader order, ByteReader value, RowSink output) {
    var name = order.readText();
    int steps = definitions.get(name).steps().size();
    int level = (int) value.readUnsigned();
    counts.computeIfAbsent(name, any -> new FunnelCounts(steps)).add(level, value, 1);
  }

  @Override
  public void end(RowSink output) throws IOException {
    for (var funnel : counts.entrySet()) {
      var definition = definitions.get(funnel.getKey());
      for (var result : FunnelResult.of(definition, funnel.getValue())) {
        write(definition.name(), result, output);
      }
    }
    counts.clear();
  }

  private void write(String funnel, FunnelResult result, RowSink output) throws IOException {
    var row = output.row();
    row.setText(FUNNEL, funnel);
    row.setLong(WINDOW_DAYS, windowDays);
    row.setLong(STEP, result.step());
    row.setText(STEP_NAME, result.stepName());
    row.setLong(USERS, result.sessions());
    row.setLong(DROP_OFF, result.dropOff());
    setDouble(row, FROM_PREVIOUS, result.conversionFromPrevious());
    setDouble(row, FROM_FIRST, result.conversionFromFirst());
    setDouble(row, MEDIAN, result.medianSeconds());
    setDouble(row, P90, result.p90Seconds());
    output.write();
  }

  private static void setDouble(Row row, int column, Double value) {
    if (value != null) {
      row.setDouble(column, value);
    }
  }
}
