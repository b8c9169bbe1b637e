package org.clickmill.jobs.groupby;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;

/**
 * An analysis that is a GROUP BY, or several over the same rows: rows, keys and measures are
 * declared. A mapper aggregates the rows of a batch, measure by measure, into the groups of each
 * table; a reducer merges the partial aggregates of a group and writes its row.
 *
 * @param <S> where the rows come from
 */
public abstract class GroupBy<S extends RowSource> implements Analysis {
  private final String name;
  private final Supplier<S> sources;

  /**
   * @param sources makes a source for each mapper
   */
  protected GroupBy(String name, Supplier<S> sources) {
    this.name = name;
    this.sources = sources;
  }

  /** Declares one of the tables. */
  protected abstract void declare(Grouping<S> rows);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Fold fold(FoldContext context, Configuration configuration) {
    var wanted = context.tables();
    var groupings =
        tables().stream()
            .filter(table -> wanted.contains(table.dataset()))
            .map(table -> grouping(table, configuration))
            .toList();
    return new GroupByFold<>(name, sources.get(), groupings);
  }

  @Override
  public final Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new GroupByMerge<>(grouping(table, configuration), context);
  }

  private Grouping<S> grouping(Table table, Configuration configuration) {
    var grouping = new Grouping<S>(table, configuration);
    declare(grouping);
    return grouping;
  }

  /**
   * Checks that what is declared fits the columns of the tables that the settings ask for, and of
   * their inputs.
   *
   * @param schemas the columns of each dataset
   * @throws IllegalStateException that names the analysis, the table and the column
   */
  public final void check(Function<String, TableSchema> schemas, Configuration configuration) {
    var inputs = new HashMap<String, TableSchema>();
    Grouping<S> first = null;
    for (var table : tables(configuration)) {
      var grouping = grouping(table, configuration);
      first = first == null ? grouping : first;
      checkSources(grouping, input -> inputs.computeIfAbsent(input, schemas));
      checkColumns(grouping);
      if (grouping.flags() != first.flags() || !grouping.notNull().equals(first.notNull())) {
        throw new IllegalStateException(
            "Invalid analysis %s: other rows count in %s than in %s"
                .formatted(name, table.dataset(), first.table().dataset()));
      }
    }
  }

  private void checkSources(Grouping<S> grouping, Function<String, TableSchema> schemas) {
    var table = grouping.table();
    for (var input : table.inputs().datasets()) {
      var schema = schemas.apply(input);
      for (var key : grouping.keys()) {
        if (key.source() == null) {
          continue;
        }
        require(schema.contains(key.source()), table, key.source(), "is no column of " + input);
        var type = type(schema, key.source());
        require(type == key.type(), table, key.source(), "is no key: it is a " + type);
      }
      var read = GroupByFold.columns(sources.get(), List.of(grouping));
      for (var column : read) {
        require(schema.contains(column), table, column, "is no column of " + input);
      }
    }
  }

  private void checkColumns(Grouping<S> grouping) {
    var table = grouping.table();
    var declared = new HashSet<String>();
    for (var key : grouping.keys()) {
      require(declared.add(key.column()), table, key.column(), "is declared twice");
      checkColumn(table, key.column(), key.type() == typeOf(table, key.column()), false);
    }
    for (var output : grouping.outputs()) {
      require(declared.add(output.column()), table, output.column(), "is declared twice");
      var type = typeOf(table, output.column());
      checkColumn(table, output.column(), output.fits(type), output.isNullable());
    }
    for (var column : table.schema().columns()) {
      require(declared.contains(column.name()), table, column.name(), "is not declared");
    }
  }

  private void checkColumn(Table table, String name, boolean fits, boolean isNullable) {
    var column = table.schema().columns().get(table.schema().ordinal(name));
    require(fits, table, name, "does not fit what is declared: it is a " + column.type());
    require(
        column.nullable() || !isNullable,
        table,
        name,
        "does not fit what is declared: it may be NULL");
  }

  private Type typeOf(Table table, String column) {
    require(table.schema().contains(column), table, column, "is not in the table's schema");
    return type(table.schema(), column);
  }

  private static Type type(TableSchema schema, String column) {
    return schema.columns().get(schema.ordinal(column)).type();
  }

  private void require(boolean holds, Table table, String column, String problem) {
    if (!holds) {
      throw new IllegalStateException(
          "Invalid analysis %s: %s of %s %s".formatted(name, column, table.dataset(), problem));
    }
  }
}
