package org.clickmill.formats.parquet;

import org.apache.parquet.column.statistics.DoubleStatistics;
import org.apache.parquet.column.statistics.FloatStatistics;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;
import org.clickmill.formats.table.Row;

/** What kind of numbers a column has, which a {@link Row} holds as longs. */
enum NumberKind {
  INT(Integer.BYTES),
  LONG(Long.BYTES),
  /** Milliseconds, which become microseconds: some engines misread others. */
  TIME(Long.BYTES),
  /** Bits of a double. */
  DOUBLE(Long.BYTES),
  /** Bits of a double that is a float. */
  FLOAT(Integer.BYTES);

  private static final long MICROS_A_MILLI = 1000;

  private final int width;

  NumberKind(int width) {
    this.width = width;
  }

  /** The bytes that a number takes in PLAIN. */
  int width() {
    return width;
  }

  /**
   * Replaces the first {@code count} numbers, as a row holds them, by their bits in PLAIN.
   *
   * @throws ArithmeticException if a time is out of the range of microseconds
   */
  void toBits(long[] numbers, int count) {
    if (this == TIME) {
      for (int i = 0; i < count; i++) {
        numbers[i] = Math.multiplyExact(numbers[i], MICROS_A_MILLI);
      }
    } else if (this == FLOAT) {
      for (int i = 0; i < count; i++) {
        numbers[i] = Float.floatToIntBits((float) Double.longBitsToDouble(numbers[i]));
      }
    }
  }

  /** The least and the greatest of some numbers by their bits in PLAIN. */
  Statistics<?> statistics(PrimitiveType type, long[] bits, int count) {
    var statistics = Statistics.createStats(type);
    if (count == 0) {
      return statistics;
    }
    switch (this) {
      case INT -> {
        long min = min(bits, count);
        ((IntStatistics) statistics).setMinMax((int) min, (int) max(bits, count));
      }
      case LONG, TIME ->
          ((LongStatistics) statistics).setMinMax(min(bits, count), max(bits, count));
      case DOUBLE -> addDoubles((DoubleStatistics) statistics, bits, count);
      case FLOAT -> addFloats((FloatStatistics) statistics, bits, count);
    }
    return statistics;
  }

  private static long min(long[] numbers, int count) {
    long min = numbers[0];
    for (int i = 1; i < count; i++) {
      min = numbers[i] < min ? numbers[i] : min;
    }
    return min;
  }

  private static long max(long[] numbers, int count) {
    long max = numbers[0];
    for (int i = 1; i < count; i++) {
      max = numbers[i] > max ? numbers[i] : max;
    }
    return max;
  }

  /** Parquet's own rules for NaN and the two zeros, asked only where they may matter. */
  private static void addDoubles(DoubleStatistics statistics, long[] bits, int count) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double value = Double.longBitsToDouble(bits[i]);
      if (!(value >= min && value <= max)) {
        statistics.updateStats(value);
        min = value < min ? value : min;
        max = value > max ? value : max;
      }
    }
  }

  private static void addFloats(FloatStatistics statistics, long[] bits, int count) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      float value = Float.intBitsToFloat((int) bits[i]);
      if (!(value >= min && value <= max)) {
        statistics.updateStats(value);
        min = value < min ? value : min;
        max = value > max ? value : max;
      }
    }
  }
}
