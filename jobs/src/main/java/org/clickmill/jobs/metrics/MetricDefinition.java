package org.clickmill.jobs.metrics;

import java.util.List;
import java.util.Locale;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.yaml.YamlNode.Scalar;
import org.clickmill.formats.yaml.YamlText.Place;
import org.clickmill.jobs.expression.ExpressionException;

/**
 * What a file says, its expressions still texts.
 *
 * @param where null for all rows
 * @param top null for all groups
 */
record MetricDefinition(
    MetricText file,
    Scalar name,
    Scalar description,
    Scalar from,
    Scalar where,
    List<Named> by,
    List<Named> measures,
    List<Named> ratios,
    Top top) {

  /** An expression and what it is called. */
  record Named(Scalar name, Scalar text) {}

  /** The groups that are kept. */
  record Top(Scalar by, int limit) {}

  MetricDefinition {
    by = List.copyOf(by);
    measures = List.copyOf(measures);
    ratios = List.copyOf(ratios);
  }

  ClickmillException invalid(Place place, String format, Object... arguments) {
    return file.invalid(place, format, arguments);
  }

  /** What is wrong in an expression, at its place in the file as far as the text has one line. */
  ClickmillException invalid(Scalar expression, ExpressionException problem) {
    boolean isOneLine =
        file.yaml().lines().skip(expression.textPlace().line() - 1L).findFirst().stream()
            .anyMatch(line -> holds(line, expression));
    if (isOneLine) {
      return invalid(expression.textPlace().plus(problem.offset()), "%s", problem.getMessage());
    }
    return invalid(
        expression.place(),
        "%s, at character %d of the expression",
        problem.getMessage(),
        problem.offset() + 1);
  }

  private static boolean holds(String line, Scalar expression) {
    return line.startsWith(
        expression.text(), Math.min(line.length(), expression.textPlace().column() - 1));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s (%s)", name.text(), file.origin());
  }
}
