package org.clickmill.jobs.expression;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.clickmill.jobs.expression.TypedExpression.Applied;

/** Applies a function to each value. */
final class FunctionEvaluator extends NumberEvaluator {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 86_400_000;

  private final Function function;
  private final ValueType type;
  private final NumberEvaluator operand;
  private final LocalClock clock;

  /** The day that was looked at last, and what the function says of it: days repeat. */
  private long lastDay = Long.MIN_VALUE;

  private long ofLastDay;

  FunctionEvaluator(Applied applied, NumberEvaluator operand) {
    function = applied.function();
    type = applied.operand().type();
    this.operand = operand;
    clock = new LocalClock(applied.zone() == null ? ZoneOffset.UTC : applied.zone());
  }

  @Override
  public NumberVector evaluate(RowValues rows) {
    int size = rows.size();
    var vector = operand.evaluate(rows);
    result.reset(size);
    result.addNulls(vector, size);
    var values = result.values();
    var operands = vector.values();
    var nulls = result.nulls();
    for (int row = 0; row < size; row++) {
      if (!nulls[row]) {
        values[row] = apply(operands[row]);
      }
    }
    return result;
  }

  private long apply(long value) {
    return switch (function) {
      case HOUR -> Math.floorMod(clock.shows(value), DAY) / HOUR;
      case MINUTE -> Math.floorMod(clock.shows(value), HOUR) / MINUTE;
      case HOUR_START -> value - Math.floorMod(clock.shows(value), HOUR);
      case DATE -> Math.floorDiv(clock.shows(value), DAY);
      case WEEKDAY, DAY, MONTH, YEAR ->
          ofDay(type == ValueType.TIME ? Math.floorDiv(clock.shows(value), DAY) : value);
      case ABS ->
          type == ValueType.DOUBLE
              ? Double.doubleToRawLongBits(Math.abs(Double.longBitsToDouble(value)))
              : Math.absExact(value);
      case DECIMAL ->
          type == ValueType.LONG
              ? Decimals.ofWhole(value)
              : Decimals.of(Double.longBitsToDouble(value));
      case DOUBLE ->
          Double.doubleToRawLongBits(type == ValueType.LONG ? value : Decimals.toDouble(value));
    };
  }

  private long ofDay(long epochDay) {
    if (epochDay != lastDay) {
      var day = LocalDate.ofEpochDay(epochDay);
      ofLastDay =
          switch (function) {
            case WEEKDAY -> day.getDayOfWeek().getValue();
            case DAY -> day.getDayOfMonth();
            case MONTH -> day.getMonthValue();
            default -> day.getYear();
          };
      lastDay = epochDay;
    }
    return ofLastDay;
  }
}
