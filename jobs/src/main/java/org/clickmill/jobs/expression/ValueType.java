package org.clickmill.jobs.expression;

import java.util.Locale;
import org.clickmill.formats.table.TableSchema.Type;

/**
 * What an expression's values are. But for texts they are held in a long each: money scaled by
 * 10^4, times in milliseconds and dates in days since the epoch, booleans as 0 and 1, doubles as
 * their bits.
 */
public enum ValueType {
  BOOLEAN(Type.BOOLEAN),
  LONG(Type.LONG),
  /** Four digits after the point. */
  DECIMAL(Type.MONEY),
  DOUBLE(Type.DOUBLE),
  STRING(Type.STRING),
  TIME(Type.TIME),
  DATE(Type.DATE);

  private final Type column;

  ValueType(Type column) {
    this.column = column;
  }

  /** The type of a column that holds such values. */
  public Type column() {
    return column;
  }

  /** What a column's values are in expressions; null if they have no use there. */
  public static ValueType of(Type column) {
    return switch (column) {
      case INT, LONG -> LONG;
      case DOUBLE, FLOAT -> DOUBLE;
      case BOOLEAN -> BOOLEAN;
      case STRING -> STRING;
      case MONEY -> DECIMAL;
      case TIME -> TIME;
      case DATE -> DATE;
      case BINARY -> null;
    };
  }

  public boolean isNumber() {
    return this == LONG || this == DECIMAL || this == DOUBLE;
  }

  /** As messages call it. */
  @Override
  public String toString() {
    return switch (this) {
      case LONG -> "whole number";
      case DOUBLE -> "floating-point number";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }
}
