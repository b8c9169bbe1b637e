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
  private final LineReader lines;

  SalesFold(List<SalesTable> tables) {
    tables.forEach(table -> cubes.add(new SalesCube(table)));
    lines = new LineReader(tables.stream().anyMatch(table -> table.bucket().dividesDay()));
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
    if (lines.begin(batch) == 0) {
      return 0;
    }
    for (int i = 0; i < cubes.size(); i++) {
      cubes.get(i).begin(batch);
    }
    try {
      foldLines();
    } catch (ArithmeticException e) {
      throw lines.overflow("sales", batch, e);
    }
    return lines.count();
  }

  private void foldLines() {
    for (int i = 0; i < lines.count(); i++) {
      var line = lines.read(i);
      for (int cube = 0; cube < cubes.size(); cube++) {
        cubes.get(cube).add(line);
      }
    }
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
