package org.clickmill.benchmarks.cluster;

import java.util.Locale;

/** Why a run cannot go on, in words for the user. */
final class BigDayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BigDayException(String format, Object... arguments) {
    super(String.format(Locale.ROOT, format, arguments));
  }
}
