package org.clickmill.jobs.sessions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.LongColumn;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Counts the rows of funnel_sessions for the tables of funnels and carts. */
final class FunnelFold implements Fold {
  private static final int NO_FUNNEL = -1;

  private final List<FunnelDefinition> definitions;
  private final List<FunnelCube> cubes = new ArrayList<>();
  private final List<String> tables;
  private final CartCounts carts = new CartCounts();
  private final ByteReader stepTimes = new ByteReader();
  private boolean isMature = true;
  private long rows;

  /**
   * @param tables the tables to be written
   */
  FunnelFold(Set<String> tables, List<FunnelDefinition> definitions) {
    this.tables = List.copyOf(tables);
    this.definitions = definitions;
    for (var dimension : FunnelDimension.values()) {
      if (tables.contains(dimension.table())) {
        cubes.add(new FunnelCube(dimension, definitions));
      }
    }
  }

  @Override
  public List<String> columns() {
    return List.of(
        "funnel",
        "level",
        "brand",
        "category_code",
        "step_times",
        "cart",
        "sessions",
        "abandoned_value",
        "is_complete");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    var funnels = batch.strings("funnel");
    int[] definitionOf = definitions(funnels);
    var levels = batch.longs("level");
    var times = batch.strings("step_times");
    var sessions = batch.longs("sessions");
    var complete = batch.longs("is_complete").values();
    cubes.forEach(cube -> cube.begin(batch));
    carts.begin(batch);
    for (int row = 0; row < batch.size(); row++) {
      isMature &= complete[row] != 0;
      int funnel = funnels.ids()[row];
      // A file of an earlier version has a row for each.
      long count = sessions.isNull(row) ? 1 : sessions.values()[row];
      if (funnel == StringColumn.NULL) {
        carts.add(row, count);
      } else {
        addFunnel(row, definitionOf[funnel], levels, times, count);
      }
    }
    rows += batch.size();
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return cubes.stream().mapToLong(FunnelCube::memoryBytes).sum();
  }

  @Override
  public void flush(Emitter emitter) {
    var key = new ByteWriter();
    var partial = new ByteWriter();
    for (var table : tables) {
      // The empty key comes first, so a merge knows this before it writes a row.
      partial.clear().putByte(isMature ? 1 : 0);
      if (table.equals(Funnel.CART_ABANDONMENT)) {
        carts.write(partial);
      }
      emitter.emit(table, key, partial, rows);
    }
    cubes.forEach(cube -> cube.flush(emitter));
    carts.clear();
    isMature = true;
    rows = 0;
  }

  private void addFunnel(
      int row, int definition, LongColumn levels, StringColumn times, long sessions) {
    if (definition == NO_FUNNEL) {
      return;
    }
    int level = (int) levels.values()[row];
    int id = times.ids()[row];
    for (int i = 0; i < cubes.size(); i++) {
      if (id != StringColumn.NULL) {
        stepTimes.reset(times.bytes(), times.offset(id), times.length(id));
      }
      cubes.get(i).add(row, definition, level, stepTimes, sessions);
    }
  }

  /** Which definition each dictionary id names. */
  private int[] definitions(StringColumn funnels) {
    var definitionOf = new int[funnels.dictionarySize()];
    for (int id = 0; id < definitionOf.length; id++) {
      definitionOf[id] = NO_FUNNEL;
      for (int i = 0; i < definitions.size(); i++) {
        if (definitions.get(i).name().equals(funnels.text(id))) {
          definitionOf[id] = i;
        }
      }
    }
    return definitionOf;
  }
}
