package org.clickmill.jobs.metrics;

import java.util.Locale;
import org.clickmill.jobs.expression.TypedExpression;
import org.clickmill.jobs.expression.ValueType;

/**
 * Something that is measured of each group.
 *
 * @param column the table's column
 * @param argument null where rows are counted
 * @param filter which rows count; null for all
 * @param share of quantiles
 */
record Measurement(
    String column, Kind kind, TypedExpression argument, TypedExpression filter, double share) {

  /** How it is measured. */
  enum Kind {
    COUNT,
    SUM,
    MIN,
    MAX,
    AVG,
    /** The exact number of distinct values. */
    DISTINCT,
    /** The number of distinct values, and their theta sketch. */
    THETA,
    QUANTILE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the column holds. */
  ValueType type() {
    return switch (kind) {
      case COUNT, DISTINCT, THETA -> ValueType.LONG;
      case SUM, MIN, MAX, QUANTILE -> argument.type();
      case AVG -> argument.type() == ValueType.DECIMAL ? ValueType.DECIMAL : ValueType.DOUBLE;
    };
  }

  /** Whether some group may have no value: it has no row that counts. */
  boolean isNullable() {
    return switch (kind) {
      case COUNT, DISTINCT, THETA -> false;
      case SUM -> filter != null || argument.isNullable();
      case MIN, MAX, AVG, QUANTILE -> true;
    };
  }

  /** Whether values of single rows show in it. */
  boolean isPersonal() {
    boolean shows = kind == Kind.MIN || kind == Kind.MAX || kind == Kind.QUANTILE;
    return shows && argument.isPersonal();
  }

  /** The column of a sketch. */
  String sketchColumn() {
    return column + "_sketch";
  }
}
