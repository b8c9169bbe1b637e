package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.util.List;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/** Merges the counts of each funnel, and value, into a row for each step. */
final class FunnelMerge implements Merge {
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
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
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
    for (var result : FunnelResult.of(definition, counts)) {
      write(definition, value, result, output);
    }
  }

  private void write(FunnelDefinition definition, String value, FunnelResult result, RowSink output)
      throws IOException {
    var row = output.row();
    row.setText(schema.ordinal("funnel"), definition.name());
    if (value != null) {
      row.setText(schema.ordinal("value"), value);
    }
    row.setLong(schema.ordinal("step"), result.step());
    row.setText(schema.ordinal("step_name"), result.stepName());
    row.setLong(schema.ordinal("sessions"), result.sessions());
    row.setLong(schema.ordinal("drop_off"), result.dropOff());
    setDouble(row, "conversion_from_previous", result.conversionFromPrevious());
    setDouble(row, "conversion_from_first", result.conversionFromFirst());
    setDouble(row, "median_seconds_from_previous", result.medianSeconds());
    setDouble(row, "p90_seconds_from_previous", result.p90Seconds());
    row.setBoolean(schema.ordinal("mature"), isMature);
    output.write();
  }

  private void setDouble(Row row, String column, Double value) {
    if (value != null) {
      row.setDouble(schema.ordinal(column), value);
    }
  }

  private FunnelDefinition definition(String name) {
    return definitions.stream()
        .filter(definition -> definition.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
