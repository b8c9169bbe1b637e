package org.clickmill.jobs.metrics;

import java.util.Locale;
import org.clickmill.formats.failure.ClickmillException;

/**
 * The text of a metric's file.
 *
 * @param origin what messages call it: its path
 */
public record MetricText(String origin, String yaml) {
  /** A place in a file, line and column from 1. */
  record Place(int line, int column) {
    Place plus(int columns) {
      return new Place(line, column + columns);
    }
  }

  /**
   * The name of the metric that it declares.
   *
   * @throws ClickmillException of kind usage if it is no metric
   */
  public String name() {
    return MetricYaml.read(this).name().text();
  }

  /** What is wrong at a place, as a usage error. */
  ClickmillException invalid(Place place, String format, Object... arguments) {
    return ClickmillException.usage(
        "Invalid metric %s, line %d, column %d: %s",
        origin, place.line(), place.column(), String.format(Locale.ROOT, format, arguments));
  }
}
