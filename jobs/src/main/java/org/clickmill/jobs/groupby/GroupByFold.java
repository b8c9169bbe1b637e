package org.clickmill.jobs.groupby;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.jobs.groupby.GroupBy.Grouping;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Aggregates batches into the groups of several tables. */
final class GroupByFold<S extends RowSource> implements Fold {
  private final String name;
  private final S source;
  private final Function<S, Selection> where;
  private final List<Groups<S>> groups;
  private final LinkedHashSet<String> columns;

  GroupByFold(String name, S source, Function<S, Selection> where, List<Grouping<S>> groupings) {
    this.name = name;
    this.source = source;
    this.where = where;
    groups = groupings.stream().map(Groups::new).toList();
    columns = new LinkedHashSet<>(source.columns());
    columns.addAll(Grouping.columns(groupings));
  }

  @Override
  public List<String> columns() {
    return List.copyOf(columns);
  }

  @Override
  public Set<String> eventTypes() {
    return source.eventTypes();
  }

  @Override
  public long fold(ColumnBatch batch) {
    try {
      if (source.begin(batch) == 0) {
        return 0;
      }
      var rows = where.apply(source);
      for (var group : groups) {
        group.add(batch, source, rows);
      }
      return rows.size();
    } catch (SumOverflowException e) {
      throw source.overflow(name, e.row(), e.getCause());
    }
  }

  @Override
  public long memoryBytes() {
    return groups.stream().mapToLong(Groups::memoryBytes).sum();
  }

  @Override
  public void flush(Emitter emitter) {
    groups.forEach(group -> group.flush(emitter));
  }
}
