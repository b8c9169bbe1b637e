package org.clickmill.jobs.sales;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.lines.LineReader;
import org.clickmill.jobs.sales.SalesTable.Dimension;

/** Picks the lines out of the events and adds each to a cube for every wanted table. */
final class SalesFold implements Fold {
  private final List<SalesCube> cubes = new ArrayList<>();
  private final LineReader lines = new LineReader();

  SalesFold(List<SalesTable> tables) {
    tables.forEach(table -> cubes.add(new SalesCube(table)));
  }

  @Override
  public List<String> columns() {
    var columns = new LinkedHashSet<String>();
    columns.addAll(LineReader.columns());
    for (var cube : cubes) {
      if (cube.table().dimension() != Dimension.SHOP) {
        columns.add(cube.table().dimension().column());
      }
    }
    return List.copyOf(columns);
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of(EventType.PURCHASE.text(), EventType.RETURN.text());
  }

  @Override
  public long fold(ColumnBatch batch) {
    if (!lines.begin(batch)) {
      return 0;
    }
    for (int i = 0; i < cubes.size(); i++) {
      cubes.get(i).begin(batch);
    }
    try {
      return foldRows(batch.size());
    } catch (ArithmeticException e) {
      throw lines.overflow("sales", batch, e);
    }
  }

  private long foldRows(int size) {
    int folded = 0;
    for (int row = 0; row < size; row++) {
      var line = lines.read(row);
      if (line == null) {
        continue;
      }
      for (int i = 0; i < cubes.size(); i++) {
        cubes.get(i).add(row, line);
      }
      folded++;
    }
    return folded;
  }

  @Override
  public long memoryBytes() {
    return cubes.stream().mapToLong(SalesCube::memoryBytes).sum();
  }

  @Override
  public void flush(Emitter emitter) {
    cubes.forEach(cube -> cube.flush(emitter));
  }
}
