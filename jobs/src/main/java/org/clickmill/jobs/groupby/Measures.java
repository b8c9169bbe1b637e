package org.clickmill.jobs.groupby;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.jobs.kernel.MergeContext;

/**
 * Declares what is aggregated, and the column of the table that it is written to. A measure without
 * a column is there for {@link #computed} ones.
 *
 * @param <S> where the rows come from
 */
public sealed class Measures<S extends RowSource> permits Grouping {
  private final List<Measure<S>> measures;
  private final List<Output> outputs;
  private final int flags;

  /**
   * A column of the table.
   *
   * @param type what it must hold; null for any whole number
   * @param isNullable whether some rows have no value
   */
  record Output(String column, Type type, boolean isNullable, Setter setter) {
    boolean fits(Type other) {
      return type == null ? other.isLong() : type == other;
    }
  }

  /** Sets a column of a group's row, or leaves it NULL. */
  interface Setter {
    void set(Row row, int ordinal, MergeContext context);
  }

  /** Measures of all rows. */
  Measures() {
    this(new ArrayList<>(), new ArrayList<>(), 0);
  }

  private Measures(List<Measure<S>> measures, List<Output> outputs, int flags) {
    this.measures = measures;
    this.outputs = outputs;
    this.flags = flags;
  }

  final List<Measure<S>> measures() {
    return measures;
  }

  final List<Output> outputs() {
    return outputs;
  }

  /** The flags that a row must have to be aggregated. */
  int flags() {
    return flags;
  }

  /** Measures of those rows only that have all of some flags. */
  public final Measures<S> filter(int... rowFlags) {
    int all = flags();
    for (int flag : rowFlags) {
      all |= flag;
    }
    return new Measures<>(measures, outputs, all);
  }

  public final LongMeasure<S> count(String column) {
    return written(column, Type.LONG, count());
  }

  public final LongMeasure<S> count() {
    return added(new LongMeasure.Count<>(flags()));
  }

  public final LongMeasure<S> sum(String column, Function<S, long[]> values) {
    return written(column, Type.LONG, added(new LongMeasure.Sum<>(flags(), values)));
  }

  /** The sum of scaled money. */
  public final LongMeasure<S> money(String column, Function<S, long[]> values) {
    return written(column, Type.MONEY, added(new LongMeasure.Sum<>(flags(), values)));
  }

  /** The smallest number, time or scaled money; NULL where there are no rows. */
  public final LongMeasure<S> minimum(String column, Function<S, long[]> values) {
    return writtenOrNull(column, added(new LongMeasure.Minimum<>(flags(), values)));
  }

  /** The largest number, time or scaled money; NULL where there are no rows. */
  public final LongMeasure<S> maximum(String column, Function<S, long[]> values) {
    return writtenOrNull(column, added(new LongMeasure.Maximum<>(flags(), values)));
  }

  /** The same without a column. */
  public final LongMeasure<S> sum(Function<S, long[]> values) {
    return added(new LongMeasure.Sum<>(flags(), values));
  }

  /** The same without a column. */
  public final LongMeasure<S> minimum(Function<S, long[]> values) {
    return added(new LongMeasure.Minimum<>(flags(), values));
  }

  /** The same without a column. */
  public final LongMeasure<S> maximum(Function<S, long[]> values) {
    return added(new LongMeasure.Maximum<>(flags(), values));
  }

  /** Values by their size, for quantiles. */
  public final QuantileMeasure<S> quantiles(Function<S, long[]> values) {
    return added(new QuantileMeasure<>(flags(), values));
  }

  /** The exact number of distinct values. */
  public final DistinctMeasure<S> distinct(
      String column, Function<S, DistinctMeasure.Hashes> hashes) {
    var measure = distinct(hashes);
    computed(column, measure::value);
    return measure;
  }

  public final DistinctMeasure<S> distinct(Function<S, DistinctMeasure.Hashes> hashes) {
    return added(new DistinctMeasure<>(flags(), hashes));
  }

  /**
   * The number of distinct values, exact below {@link ThetaSketch#NOMINAL_SIZE}, and their sketch.
   *
   * @param hashes as sketches take them, {@link SketchMeasure#NONE} for no value
   */
  public final LongSupplier sketch(String countColumn, String column, Function<S, long[]> hashes) {
    var measure = added(new SketchMeasure<>(flags(), hashes));
    computed(countColumn, measure::value);
    outputs.add(
        new Output(
            column,
            Type.BINARY,
            false,
            (row, ordinal, context) -> {
              int length = measure.sketch().encode();
              row.setText(ordinal, measure.sketch().encoded(), 0, length);
            }));
    return measure::value;
  }

  /**
   * The values that string columns have in the last row, by a time column; of two rows at the same
   * time the later in the file is the last. The columns have the same names in the table.
   */
  public final void last(String timeColumn, List<String> columns) {
    var measure = added(new LastMeasure<S>(flags(), timeColumn, columns));
    for (int i = 0; i < columns.size(); i++) {
      int index = i;
      outputs.add(
          new Output(
              columns.get(i),
              Type.STRING,
              true,
              (row, ordinal, context) -> measure.set(index, row, ordinal)));
    }
  }

  /** A number that follows from others of the group. */
  public final void computed(String column, LongSupplier value) {
    computed(column, Type.LONG, value);
  }

  /** A whole number, time or money that follows from others of the group. */
  public final void computed(String column, Type type, LongSupplier value) {
    outputs.add(output(column, type, value));
  }

  /** Scaled money that follows from others of the group. */
  public final void computedMoney(String column, LongSupplier value) {
    outputs.add(output(column, Type.MONEY, value));
  }

  /** The same, NULL where a condition does not hold. */
  public final void computedMoney(String column, LongSupplier value, BooleanSupplier isPresent) {
    outputs.add(outputOrNull(column, Type.MONEY, value, isPresent));
  }

  /** A whole number, time or money that follows from others; NULL where a condition fails. */
  public final void computed(
      String column, Type type, LongSupplier value, BooleanSupplier isPresent) {
    outputs.add(outputOrNull(column, type, value, isPresent));
  }

  /** A floating-point number that follows from others; NULL where a condition fails. */
  public final void computedDouble(String column, DoubleSupplier value, BooleanSupplier isPresent) {
    outputs.add(
        new Output(
            column,
            Type.DOUBLE,
            true,
            (row, ordinal, context) -> {
              if (isPresent.getAsBoolean()) {
                row.setDouble(ordinal, value.getAsDouble());
              }
            }));
  }

  private <M extends Measure<S>> M added(M measure) {
    measures.add(measure);
    return measure;
  }

  private LongMeasure<S> written(String column, Type type, LongMeasure<S> measure) {
    outputs.add(output(column, type, measure::value));
    return measure;
  }

  private LongMeasure<S> writtenOrNull(String column, LongMeasure<S> measure) {
    outputs.add(outputOrNull(column, null, measure::value, measure::isPresent));
    return measure;
  }

  private static Output output(String column, Type type, LongSupplier value) {
    return new Output(
        column, type, false, (row, ordinal, context) -> row.setLong(ordinal, value.getAsLong()));
  }

  private static Output outputOrNull(
      String column, Type type, LongSupplier value, BooleanSupplier isPresent) {
    return new Output(
        column,
        type,
        true,
        (row, ordinal, context) -> {
          if (isPresent.getAsBoolean()) {
            row.setLong(ordinal, value.getAsLong());
          }
        });
  }
}
