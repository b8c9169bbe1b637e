package org.clickmill.benchmarks;

import java.util.Locale;

/** A benchmark that cannot tell times, for a reason that its user can read. */
final class BenchmarkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchmarkException(String format, Object... arguments) {
    super(String.format(Locale.ROOT, format, arguments));
  }
}
