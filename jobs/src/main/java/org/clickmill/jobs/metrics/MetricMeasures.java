package org.clickmill.jobs.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.clickmill.jobs.expression.Decimals;
import org.clickmill.jobs.expression.ValueType;
import org.clickmill.jobs.groupby.DoubleOrder;
import org.clickmill.jobs.groupby.Grouping;
import org.clickmill.jobs.groupby.LongMeasure;
import org.clickmill.jobs.groupby.Measures;
import org.clickmill.jobs.metrics.CompiledMetric.Ratio;

/** Declares the keys, measures and ratios of a metric. */
final class MetricMeasures {
  private static final BooleanSupplier ALWAYS = () -> true;

  private final CompiledMetric metric;
  private final Grouping<MetricRows> rows;
  private final MetricRows shape;
  private final Map<String, Value> values = new HashMap<>();

  /**
   * What a column of the group's row is.
   *
   * @param bits as {@link ValueType} holds it; asked only where it is present
   */
  private record Value(ValueType type, LongSupplier bits, BooleanSupplier isPresent) {
    double asDouble() {
      return switch (type) {
        case DOUBLE -> Double.longBitsToDouble(bits.getAsLong());
        case DECIMAL -> bits.getAsLong() / 1e4;
        default -> bits.getAsLong();
      };
    }

    /** In the order of the values. */
    long ordered() {
      return type == ValueType.DOUBLE ? DoubleOrder.of(bits.getAsLong()) : bits.getAsLong();
    }
  }

  MetricMeasures(CompiledMetric metric, Grouping<MetricRows> rows) {
    this.metric = metric;
    this.rows = rows;
    shape = new MetricRows(metric);
  }

  void declare() {
    for (int i = 0; i < metric.keys().size(); i++) {
      var key = metric.keys().get(i);
      rows.computedKey(i, key.column(), key.value().type().column());
    }
    for (var measure : metric.measures()) {
      var value = value(measure);
      values.put(measure.column(), value);
      if (measure.kind() != Measurement.Kind.THETA) {
        write(measure.column(), value, measure.isNullable());
      }
    }
    for (var ratio : metric.ratios()) {
      var value = value(ratio);
      values.put(ratio.column(), value);
      write(ratio.column(), value, true);
    }
    if (metric.top() != null) {
      var value = values.get(metric.top().column());
      rows.top(metric.top().limit(), value::ordered, value.isPresent());
    }
  }

  private void write(String column, Value value, boolean isNullable) {
    if (value.type() == ValueType.DOUBLE) {
      DoubleSupplier number = () -> Double.longBitsToDouble(value.bits().getAsLong());
      rows.computedDouble(column, number, value.isPresent());
    } else if (isNullable) {
      rows.computed(column, value.type().column(), value.bits(), value.isPresent());
    } else {
      rows.computed(column, value.type().column(), value.bits());
    }
  }

  private Value value(Measurement measure) {
    var counted = rows.filter(shape.flagsOf(measure));
    int argument = shape.argumentOf(measure);
    return switch (measure.kind()) {
      case COUNT -> new Value(ValueType.LONG, counted.count()::value, ALWAYS);
      case SUM -> sum(measure, counted, argument);
      case AVG -> average(measure, counted, argument);
      case MIN -> extreme(measure, counted.minimum(all -> all.argument(argument).ordered()));
      case MAX -> extreme(measure, counted.maximum(all -> all.argument(argument).ordered()));
      case DISTINCT ->
          new Value(
              ValueType.LONG,
              counted.distinct(all -> all.argument(argument).hashes())::value,
              ALWAYS);
      case THETA ->
          new Value(
              ValueType.LONG,
              counted.sketch(
                  measure.column(),
                  measure.sketchColumn(),
                  all -> all.argument(argument).sketchHashes()),
              ALWAYS);
      case QUANTILE -> {
        var quantiles = counted.quantiles(all -> all.argument(argument).numbers().values());
        yield new Value(
            measure.type(), () -> quantiles.value(measure.share()), quantiles::isPresent);
      }
    };
  }

  private static Value sum(Measurement measure, Measures<MetricRows> counted, int argument) {
    var sum = counted.sum(all -> all.argument(argument).numbers().values());
    return new Value(measure.type(), sum::value, presence(measure, counted));
  }

  /** A sum is there if a row was added up. */
  private static BooleanSupplier presence(Measurement measure, Measures<MetricRows> counted) {
    if (!measure.isNullable()) {
      return ALWAYS;
    }
    var count = counted.count();
    return () -> count.value() > 0;
  }

  private static Value average(Measurement measure, Measures<MetricRows> counted, int argument) {
    var sum = counted.sum(all -> all.argument(argument).numbers().values());
    var count = counted.count();
    LongSupplier bits =
        measure.type() == ValueType.DECIMAL
            ? () -> Decimals.quotient(sum.value(), count.value())
            : () -> Double.doubleToRawLongBits((double) sum.value() / count.value());
    return new Value(measure.type(), bits, () -> count.value() > 0);
  }

  private static Value extreme(Measurement measure, LongMeasure<MetricRows> value) {
    LongSupplier bits =
        measure.type() == ValueType.DOUBLE ? () -> DoubleOrder.of(value.value()) : value::value;
    return new Value(measure.type(), bits, value::isPresent);
  }

  private Value value(Ratio ratio) {
    var dividend = values.get(ratio.dividend().column());
    var divisor = values.get(ratio.divisor().column());
    BooleanSupplier isPresent =
        () ->
            dividend.isPresent().getAsBoolean()
                && divisor.isPresent().getAsBoolean()
                && divisor.asDouble() != 0;
    LongSupplier bits =
        ratio.type() == ValueType.DECIMAL
            ? () -> Decimals.quotient(dividend.bits().getAsLong(), divisor.bits().getAsLong())
            : () -> Double.doubleToRawLongBits(dividend.asDouble() / divisor.asDouble());
    return new Value(ratio.type(), bits, isPresent);
  }
}
