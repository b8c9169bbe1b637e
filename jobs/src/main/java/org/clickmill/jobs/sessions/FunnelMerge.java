package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.util.List;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.Partials;
import org.clickmill.jobs.kernel.RowSink;

/** Merges the counts of each funnel, and value, into a row for each step. */
final class FunnelMerge implements Merge {
  private static final int MEDIAN = 50;
  private static final int P90 = 90;
  private static final double MILLISECONDS = 1000;

  private final FunnelDimension dimension;
  private final TableSchema schema;
  private final List<FunnelDefinition> definitions;
  private boolean isMature;

  FunnelMerge(FunnelDimension dimension, List<FunnelDefinition> definitions) {
    this.dimension = dimension;
    this.schema = dimension.schema();
    this.definitions = definitions;
  }

  @Override
  public void merge(ByteReader key, Partials partials, RowSink output) throws IOException {
    if (key.remaining() == 0) {
      isMature = true;
      while (partials.next()) {
        isMature &= partials.value().readByte() != 0;
      }
      return;
    }
    var definition = definition(key.readText());
    var value = dimension.column() == null ? null : key.readText();
    var counts = new FunnelCounts(definition.steps().size());
    while (partials.next()) {
      counts.merge(partials.value());
    }
    for (int step = 0; step < definition.steps().size(); step++) {
      write(definition, value, counts, step, output);
    }
  }

  private void write(
      FunnelDefinition definition, String value, FunnelCounts counts, int step, RowSink output)
      throws IOException {
    long sessions = counts.reached(step);
    long previous = step == 0 ? sessions : counts.reached(step - 1);
    var row = output.row();
    row.setText(schema.ordinal("funnel"), definition.name());
    if (value != null) {
      row.setText(schema.ordinal("value"), value);
    }
    row.setLong(schema.ordinal("step"), step + 1L);
    row.setText(schema.ordinal("step_name"), definition.steps().get(step).name());
    row.setLong(schema.ordinal("sessions"), sessions);
    row.setLong(schema.ordinal("drop_off"), previous - sessions);
    if (step > 0 && previous > 0) {
      row.setDouble(schema.ordinal("conversion_from_previous"), (double) sessions / previous);
    }
    row.setDouble(schema.ordinal("conversion_from_first"), (double) sessions / counts.reached(0));
    var times = counts.timesTo(step);
    if (times != null) {
      long[] sorted = times.sorted();
      row.setDouble(
          schema.ordinal("median_seconds_from_previous"),
          times.quantile(sorted, MEDIAN) / MILLISECONDS);
      row.setDouble(
          schema.ordinal("p90_seconds_from_previous"), times.quantile(sorted, P90) / MILLISECONDS);
    }
    row.setBoolean(schema.ordinal("mature"), isMature);
    output.write();
  }

  private FunnelDefinition definition(String name) {
    return definitions.stream()
        .filter(definition -> definition.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
