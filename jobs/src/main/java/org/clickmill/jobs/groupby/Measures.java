package org.clickmill.jobs.groupby;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/**
 * The measures of a table, as they are declared: each with the column that it is written to. What
 * is declared with {@link #value} is computed from the others when a row is written.
 *
 * @param <S> where the rows come from
 */
public final class Measures<S extends RowSource> {
  private static final IntPredicate ALWAYS = slot -> true;

  private final List<LongMeasure<S>> longs = new ArrayList<>();
  private final List<DistinctMeasure<S>> distincts = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();

  /**
   * A column of the table.
   *
   * @param value by group
   * @param isPresent whether a group has a value; else it is NULL
   * @param isMoney whether the value is scaled money, whose digits are checked
   */
  record Output(String column, IntToLongFunction value, IntPredicate isPresent, boolean isMoney) {}

  List<LongMeasure<S>> longs() {
    return longs;
  }

  List<DistinctMeasure<S>> distincts() {
    return distincts;
  }

  List<Output> outputs() {
    return outputs;
  }

  /** Measures of some rows only. */
  public Where where(Function<S, Selection> rows) {
    return new Where(rows);
  }

  /** Measures of all rows. */
  public Where all() {
    return new Where(RowSource::all);
  }

  /** A number that follows from others. */
  public void value(String column, IntToLongFunction value) {
    outputs.add(new Output(column, value, ALWAYS, false));
  }

  /** Money that follows from others, scaled. */
  public void money(String column, IntToLongFunction value) {
    money(column, value, ALWAYS);
  }

  /** Money that follows from others, scaled, and is NULL unless a condition holds. */
  public void money(String column, IntToLongFunction value, IntPredicate isPresent) {
    outputs.add(new Output(column, value, isPresent, true));
  }

  /** Measures of the rows that a condition selects. A column of null is not written. */
  public final class Where {
    private final Function<S, Selection> rows;

    private Where(Function<S, Selection> rows) {
      this.rows = rows;
    }

    public LongMeasure<S> count(String column) {
      return add(column, new LongMeasure.Count<>(rows), false);
    }

    public LongMeasure<S> sum(String column, Function<S, long[]> values) {
      return add(column, new LongMeasure.Sum<>(rows, values), false);
    }

    public LongMeasure<S> money(String column, Function<S, long[]> values) {
      return add(column, new LongMeasure.Sum<>(rows, values), true);
    }

    /** NULL where there are no rows. */
    public LongMeasure<S> minimumMoney(String column, Function<S, long[]> values) {
      return addOrNull(column, new LongMeasure.Minimum<>(rows, values));
    }

    /** NULL where there are no rows. */
    public LongMeasure<S> maximumMoney(String column, Function<S, long[]> values) {
      return addOrNull(column, new LongMeasure.Maximum<>(rows, values));
    }

    public DistinctMeasure<S> distinct(String column, Function<S, DistinctMeasure.Hashes> hashes) {
      var measure = new DistinctMeasure<>(rows, hashes);
      distincts.add(measure);
      if (column != null) {
        outputs.add(new Output(column, measure::value, ALWAYS, false));
      }
      return measure;
    }

    private LongMeasure<S> add(String column, LongMeasure<S> measure, boolean isMoney) {
      longs.add(measure);
      if (column != null) {
        outputs.add(new Output(column, measure::value, ALWAYS, isMoney));
      }
      return measure;
    }

    private LongMeasure<S> addOrNull(String column, LongMeasure<S> measure) {
      longs.add(measure);
      outputs.add(new Output(column, measure::value, slot -> !measure.isNone(slot), true));
      return measure;
    }
  }
}
