package org.clickmill.jobs.groupby;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.write.Row;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;

/**
 * An analysis that is a GROUP BY: rows, keys and measures, declared. A mapper aggregates the rows
 * of a batch column by column into the groups of each table; the reducers merge the aggregates of a
 * group, and write its row.
 *
 * @param <S> where the rows come from
 */
public abstract class GroupBy<S extends RowSource> implements Analysis {
  /** A new source, for one fold. */
  protected abstract S source();

  /** What a table's rows are grouped by within a partition. */
  protected abstract Keys keys(Table table);

  /** Declares the measures of a table. */
  protected abstract void measures(Table table, Measures<S> measures);

  /** The columns besides keys and measures, which {@link #complete} sets. */
  protected Set<String> otherColumns(Table table) {
    return Set.of();
  }

  /** Sets columns that are the same for a whole partition. */
  protected void complete(Row row, Table table, MergeContext context) {}

  /** The rows that count; each must have a value of every key that has nothing for NULL. */
  protected Selection where(S rows) {
    return rows.all();
  }

  @Override
  public final Fold fold(FoldContext context, Configuration configuration) {
    var wanted = context.tables();
    var groupings =
        tables().stream()
            .filter(table -> wanted.contains(table.dataset()))
            .map(table -> new Grouping<>(table, keys(table), measuresOf(table)))
            .toList();
    return new GroupByFold<>(name(), source(), this::where, groupings);
  }

  @Override
  public final Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new GroupByMerge<>(
        table, keys(table), measuresOf(table), context, row -> complete(row, table, context));
  }

  private Measures<S> measuresOf(Table table) {
    var measures = new Measures<S>();
    measures(table, measures);
    return measures;
  }

  /**
   * Checks that keys, measures and schema fit.
   *
   * @throws IllegalStateException that names the analysis, the table and the column
   */
  public final void check() {
    for (var table : tables()) {
      var declared = new HashSet<String>();
      var names = new java.util.ArrayList<>(keys(table).columns());
      measuresOf(table).outputs().forEach(output -> names.add(output.column()));
      names.addAll(otherColumns(table));
      for (var column : names) {
        require(declared.add(column), table, column, "is declared twice");
        require(table.schema().contains(column), table, column, "is not in the schema");
      }
      table
          .schema()
          .columns()
          .forEach(
              column ->
                  require(
                      declared.contains(column.name()), table, column.name(), "is not declared"));
    }
  }

  private void require(boolean holds, Table table, String column, String problem) {
    if (!holds) {
      throw new IllegalStateException(
          "Invalid analysis %s: column %s of %s %s"
              .formatted(name(), column, table.dataset(), problem));
    }
  }

  /** One table of a fold. */
  record Grouping<S extends RowSource>(Table table, Keys keys, Measures<S> measures) {
    static List<String> columns(List<? extends Grouping<?>> groupings) {
      return groupings.stream().flatMap(grouping -> grouping.keys().sources()).distinct().toList();
    }
  }
}
