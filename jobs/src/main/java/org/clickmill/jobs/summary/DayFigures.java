package org.clickmill.jobs.summary;

import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/** Sums of a day; an overflow throws ArithmeticException. */
final class DayFigures {
  private final long[] values = new long[DayFigure.values().length];

  void clear() {
    Arrays.fill(values, 0);
  }

  void add(DayFigure figure, long value) {
    values[figure.ordinal()] = Math.addExact(values[figure.ordinal()], value);
  }

  void addIf(DayFigure figure, boolean holds) {
    add(figure, holds ? 1 : 0);
  }

  long get(DayFigure figure) {
    return values[figure.ordinal()];
  }

  void write(ByteWriter target) {
    for (long value : values) {
      target.putSigned(value);
    }
  }

  /** Adds what {@link #write} wrote. */
  void merge(ByteReader source) {
    for (var figure : DayFigure.values()) {
      add(figure, source.readSigned());
    }
  }
}
