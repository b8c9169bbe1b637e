package org.clickmill.jobs.groupby;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Aggregates batches into the groups of several tables. */
final class GroupByFold<S extends RowSource> implements Fold {
  private final String name;
  private final S source;
  private final Rows<S> rows;
  private final List<Groups<S>> groups;
  private final List<String> columns;

  /**
   * @param groupings not empty; the same rows count in all of them
   */
  GroupByFold(String name, S source, List<Grouping<S>> groupings) {
    this.name = name;
    this.source = source;
    rows = new Rows<>(source, groupings.get(0).flags(), groupings.get(0).notNull());
    groups = groupings.stream().map(Groups::new).toList();
    columns = columns(source, groupings);
  }

  /** The input's columns that are read. */
  static <S extends RowSource> List<String> columns(S source, List<Grouping<S>> groupings) {
    var columns = new LinkedHashSet<>(source.columns());
    groupings.forEach(grouping -> grouping.sources().forEach(columns::add));
    return List.copyOf(columns);
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public Set<String> eventTypes() {
    return source.eventTypes();
  }

  @Override
  public long fold(ColumnBatch batch) {
    try {
      rows.begin(batch);
      if (rows.all().size() > 0) {
        groups.forEach(group -> group.add(rows));
      }
      return rows.all().size();
    } catch (SumOverflowException e) {
      throw ClickmillException.failed(
          "Cannot add up the %s of %s: at %s a sum has too many digits",
          name, batch.partition(), source.describe(e.row()), e);
    }
  }

  @Override
  public long memoryBytes() {
    long bytes = 0;
    for (var group : groups) {
      bytes += group.memoryBytes();
    }
    return bytes;
  }

  @Override
  public void flush(Emitter emitter) {
    groups.forEach(group -> group.flush(emitter));
  }
}
