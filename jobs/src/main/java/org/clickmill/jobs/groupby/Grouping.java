package org.clickmill.jobs.groupby;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.jobs.kernel.Table;

/**
 * Declares one table: the rows that count, what they are grouped by within a partition, and what is
 * aggregated.
 *
 * @param <S> where the rows come from
 */
public final class Grouping<S extends RowSource> extends Measures<S> {
  private final Table table;
  private final Configuration configuration;
  private final List<Key> keys = new ArrayList<>();
  private int where;
  private LongMeasure<S> having;
  private Top top;

  /** Which groups have a row. */
  record Top(int limit, LongSupplier value, BooleanSupplier isPresent) {}

  Grouping(Table table, Configuration configuration) {
    this.table = table;
    this.configuration = configuration;
  }

  /** The table that is declared. */
  public Table table() {
    return table;
  }

  public Configuration configuration() {
    return configuration;
  }

  /** Only rows that have some flags count, the same in all tables of the analysis. */
  public void where(int flags) {
    where |= flags;
  }

  /** Groups by a string column; rows without value do not count in any table of the analysis. */
  public void key(String column) {
    key(column, column, null);
  }

  /**
   * Groups by a string column.
   *
   * @param source the input's column
   * @param column the table's column
   * @param ofNull the value of rows without one
   */
  public void key(String source, String column, String ofNull) {
    keys.add(new TextKey(source, column, ofNull));
  }

  /**
   * Groups by buckets of time.
   *
   * @param source the input's column
   * @param column the table's column, which has when the bucket begins
   */
  public void timeKey(String source, String column, long milliseconds) {
    keys.add(new TimeKey(source, column, milliseconds));
  }

  /**
   * Groups by values that the rows have themselves, {@link ComputedRows}; rows without one are a
   * group.
   *
   * @param index the number of the values
   * @param type what they are, and the table's column
   */
  public void computedKey(int index, String column, Type type) {
    keys.add(new ComputedKey(index, column, type));
  }

  /**
   * Only the groups of a partition have a row of which something is largest, in this order; of
   * equal ones the first by their keys. The table's partitions must have one reducer.
   *
   * @param value is compared as a whole number, and asked only of groups that have one
   * @param isPresent groups without a value come last
   */
  public void top(int limit, LongSupplier value, BooleanSupplier isPresent) {
    top = new Top(limit, value, isPresent);
  }

  /** Only groups of which something is more than 0 have a row. */
  public void having(LongMeasure<S> measure) {
    having = measure;
  }

  /** A column with the time at which the partition's first day begins. */
  public void partitionStart(String column) {
    outputs()
        .add(
            new Output(
                column,
                Type.TIME,
                false,
                (row, ordinal, context) ->
                    row.setLong(
                        ordinal,
                        context.start().atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli())));
  }

  /** A column with whether all inputs of the partition are there. */
  public void partitionIsComplete(String column) {
    outputs()
        .add(
            new Output(
                column,
                Type.BOOLEAN,
                false,
                (row, ordinal, context) -> row.setBoolean(ordinal, context.isComplete())));
  }

  /** Columns that are NULL. */
  public void absent(List<String> columns) {
    for (var column : columns) {
      var type = table.schema().columns().get(table.schema().ordinal(column)).type();
      outputs().add(new Output(column, type, true, (row, ordinal, context) -> {}));
    }
  }

  /** Null if all have one. */
  Top top() {
    return top;
  }

  List<Key> keys() {
    return keys;
  }

  @Override
  int flags() {
    return where;
  }

  /** Whether a group has a row. */
  boolean hasRow() {
    return having == null || having.value() > 0;
  }

  /** The columns that a row must have a value of to count. */
  List<String> notNull() {
    return keys.stream().filter(Key::leavesOutNull).map(Key::source).toList();
  }

  /** The input's columns that keys and measures read. */
  Stream<String> sources() {
    return Stream.concat(
        keys.stream().map(Key::source).filter(Objects::nonNull),
        measures().stream().flatMap(measure -> measure.sources().stream()));
  }
}
