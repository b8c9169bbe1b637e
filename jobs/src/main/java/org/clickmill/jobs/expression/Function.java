package org.clickmill.jobs.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The functions of one value. Those of a time read it off a clock: that of UTC, or of a zone. */
public enum Function {
  /** Hour of the day, 0 to 23. */
  HOUR(ValueType.TIME, ValueType.LONG),
  /** Minute of the hour, 0 to 59. */
  MINUTE(ValueType.TIME, ValueType.LONG),
  /** When the hour of a time begins: the time without what the clock shows beside the hour. */
  HOUR_START(ValueType.TIME, ValueType.TIME),
  /** The day of a time. */
  DATE(ValueType.TIME, ValueType.DATE),
  /** Day of the week, 1 for Monday to 7 for Sunday. */
  WEEKDAY(ValueType.DATE, ValueType.LONG),
  /** Day of the month, from 1. */
  DAY(ValueType.DATE, ValueType.LONG),
  /** Month of the year, 1 to 12. */
  MONTH(ValueType.DATE, ValueType.LONG),
  YEAR(ValueType.DATE, ValueType.LONG),
  /** Without its sign. */
  ABS(null, null),
  /** A number as a decimal of four digits after the point, rounded half-even. */
  DECIMAL(null, ValueType.DECIMAL),
  /** A number as a floating-point number. */
  DOUBLE(null, ValueType.DOUBLE);

  /** What takes any number of values. */
  public static final String COALESCE = "coalesce";

  private final ValueType operand;
  private final ValueType result;

  /**
   * @param operand null for any number
   * @param result null for that of the operand
   */
  Function(ValueType operand, ValueType result) {
    this.operand = operand;
    this.result = result;
  }

  static Optional<Function> named(String name) {
    return Arrays.stream(values()).filter(function -> function.text().equals(name)).findFirst();
  }

  /** The names of all. */
  static List<String> names() {
    return Stream.concat(Arrays.stream(values()).map(Function::text), Stream.of(COALESCE))
        .sorted()
        .toList();
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it takes values of a type; those of dates take times, too. */
  boolean takes(ValueType type) {
    return operand == null
        ? type.isNumber()
        : type == operand || (operand == ValueType.DATE && type == ValueType.TIME);
  }

  String expected() {
    return operand == null ? "a number" : operand == ValueType.TIME ? "a time" : "a date or time";
  }

  /** Whether it reads a value of some type off a clock. */
  boolean readsClock(ValueType type) {
    return type == ValueType.TIME && operand != null;
  }

  ValueType result(ValueType type) {
    return result == null ? type : result;
  }
}
