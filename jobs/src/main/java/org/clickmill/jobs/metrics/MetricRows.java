package org.clickmill.jobs.metrics;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.expression.NumberVector;
import org.clickmill.jobs.expression.RowValues;
import org.clickmill.jobs.expression.TextVector;
import org.clickmill.jobs.expression.TypedExpression;
import org.clickmill.jobs.groupby.ComputedRows;
import org.clickmill.jobs.groupby.SumOverflowException;

/**
 * The rows that a metric counts. The condition is evaluated for all rows of its source, everything
 * else for those that are left.
 */
final class MetricRows implements ComputedRows {
  /** An int has a bit for each. */
  static final int MOST_FLAGS = 30;

  private final CompiledMetric metric;
  private final MetricSource source;
  private final MetricArgument where;
  private final List<MetricArgument> keys;
  private final List<TypedExpression> typedArguments;
  private final List<MetricArgument> arguments;
  private final List<Flag> flagged;
  private final Selected selected = new Selected();
  private int[] batchRows = new int[0];
  private int[] flags = new int[0];

  /**
   * Which rows have a flag.
   *
   * @param isFilter whether the expression is to be true, not only to have a value
   */
  private record Flag(TypedExpression typed, boolean isFilter) {}

  MetricRows(CompiledMetric metric) {
    this.metric = metric;
    source = metric.sources().get();
    where = metric.where() == null ? null : new MetricArgument(metric.where());
    keys = metric.keys().stream().map(key -> new MetricArgument(key.value())).toList();
    typedArguments = typedArguments(metric);
    arguments = typedArguments.stream().map(MetricArgument::new).toList();
    flagged = flagged(metric);
  }

  /** How many flags a metric needs. */
  static int flagsOf(CompiledMetric metric) {
    return flagged(metric).size();
  }

  private static List<TypedExpression> typedArguments(CompiledMetric metric) {
    var all = new LinkedHashSet<TypedExpression>();
    for (var measure : metric.measures()) {
      if (measure.argument() != null) {
        all.add(measure.argument());
      }
      if (measure.filter() != null) {
        all.add(measure.filter());
      }
    }
    return List.copyOf(all);
  }

  private static List<Flag> flagged(CompiledMetric metric) {
    var all = new LinkedHashSet<Flag>();
    for (var measure : metric.measures()) {
      if (measure.filter() != null) {
        all.add(new Flag(measure.filter(), true));
      }
      if (measure.argument() != null && measure.argument().isNullable()) {
        all.add(new Flag(measure.argument(), false));
      }
    }
    return List.copyOf(all);
  }

  /** The flags of the rows that a measure counts. */
  int flagsOf(Measurement measure) {
    int bits = 0;
    for (int i = 0; i < flagged.size(); i++) {
      var flag = flagged.get(i);
      var typed = flag.isFilter() ? measure.filter() : measure.argument();
      bits |= flag.typed().equals(typed) ? 1 << i : 0;
    }
    return bits;
  }

  /** The number of a measure's argument; -1 if it has none. */
  int argumentOf(Measurement measure) {
    return measure.argument() == null ? -1 : typedArguments.indexOf(measure.argument());
  }

  MetricArgument argument(int number) {
    return arguments.get(number);
  }

  @Override
  public List<String> columns() {
    return source.inputColumns(metric.usedColumns());
  }

  @Override
  public Set<String> eventTypes() {
    return source.eventTypes();
  }

  @Override
  public int begin(ColumnBatch batch) {
    try {
      selected.select(source.begin(batch), where);
      if (selected.size() > 0) {
        evaluate();
      }
    } catch (ArithmeticException | SumOverflowException e) {
      throw ClickmillException.failed(
          "Cannot compute the metric %s of %s: a number has too many digits",
          metric.name(), batch.partition(), e);
    }
    return selected.size();
  }

  private void evaluate() {
    int size = selected.size();
    if (batchRows.length < size) {
      batchRows = new int[size];
      flags = new int[size];
    }
    var all = source.batchRows();
    for (int i = 0; i < size; i++) {
      batchRows[i] = all[selected.rows[i]];
    }
    keys.forEach(key -> key.evaluate(selected));
    arguments.forEach(argument -> argument.evaluate(selected));
    Arrays.fill(flags, 0, size, 0);
    for (int i = 0; i < flagged.size(); i++) {
      var flag = flagged.get(i);
      var argument = arguments.get(typedArguments.indexOf(flag.typed()));
      if (flag.isFilter()) {
        argument.flagTrue(flags, 1 << i);
      } else {
        argument.flag(flags, 1 << i);
      }
    }
  }

  @Override
  public int[] batchRows() {
    return batchRows;
  }

  @Override
  public int[] flags() {
    return flags;
  }

  @Override
  public StringColumn keyTexts(int index) {
    return keys.get(index).texts().dictionary();
  }

  @Override
  public int[] keyIds(int index) {
    return keys.get(index).texts().ids();
  }

  @Override
  public long[] keyNumbers(int index) {
    return keys.get(index).numbers().values();
  }

  @Override
  public boolean[] keyNulls(int index) {
    var vector = keys.get(index).numbers();
    return vector.hasNulls() ? vector.nulls() : null;
  }

  /** The rows of the source that are evaluated. */
  private final class Selected implements RowValues {
    private int[] rows = new int[0];
    private int size;

    private void select(int count, MetricArgument condition) {
      if (rows.length < count) {
        rows = new int[count];
      }
      for (int row = 0; row < count; row++) {
        rows[row] = row;
      }
      size = count;
      if (condition == null || count == 0) {
        return;
      }
      condition.evaluate(this);
      var values = condition.numbers().values();
      var nulls = condition.numbers().nulls();
      int kept = 0;
      for (int row = 0; row < count; row++) {
        rows[kept] = row;
        kept += values[row] == 1 && !nulls[row] ? 1 : 0;
      }
      size = kept;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void numbers(String column, NumberVector target) {
      source.numbers(column, rows, size, target);
    }

    @Override
    public void texts(String column, TextVector target) {
      source.texts(column, rows, size, target);
    }
  }
}
