package org.clickmill.jobs.groupby;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the rows of a table are grouped by within its partition: nothing, a bucket of time, values
 * of columns.
 *
 * @param bucket null for none
 */
public record Keys(Bucket bucket, List<Value> values) {
  /** One row a partition. */
  public static final Keys NONE = new Keys(null, List.of());

  public Keys {
    values = List.copyOf(values);
  }

  /**
   * A bucket of time.
   *
   * @param column of the table, which has when the bucket begins
   */
  public record Bucket(String column, long milliseconds) {}

  /**
   * The value of a string column.
   *
   * @param source the input's column
   * @param column the table's
   * @param ofNull what stands for NULL; null if rows without a value are left out
   */
  public record Value(String source, String column, String ofNull) {}

  public Keys by(Bucket other) {
    return new Keys(other, values);
  }

  /** As SQL's {@code GROUP BY … WHERE column IS NOT NULL}. */
  public Keys by(String column) {
    return by(new Value(column, column, null));
  }

  public Keys by(Value value) {
    var all = new ArrayList<>(values);
    all.add(value);
    return new Keys(bucket, all);
  }

  /** The input's columns. */
  Stream<String> sources() {
    return values.stream().map(Value::source);
  }

  /** The table's columns. */
  List<String> columns() {
    var columns = new ArrayList<String>();
    if (bucket != null) {
      columns.add(bucket.column());
    }
    values.forEach(value -> columns.add(value.column()));
    return columns;
  }
}
