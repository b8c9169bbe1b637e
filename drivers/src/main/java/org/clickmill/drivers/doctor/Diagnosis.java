package org.clickmill.drivers.doctor;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What all checks found.
 *
 * @param checks the findings, in the order of the checks
 * @param ok how many of them are ok
 * @param warnings how many are warnings
 * @param failed how many failed
 * @param skipped how many do not apply
 */
public record Diagnosis(List<Finding> checks, long ok, long warnings, long failed, long skipped) {
  static Diagnosis of(List<Finding> findings) {
    return new Diagnosis(
        List.copyOf(findings),
        count(findings, State.OK),
        count(findings, State.WARNING),
        count(findings, State.FAILED),
        count(findings, State.SKIPPED));
  }

  private static long count(List<Finding> findings, State state) {
    return findings.stream().filter(finding -> finding.state() == state).count();
  }

  /** The same for people: a line for each finding, and one for all. */
  public String text() {
    return checks.stream()
            .map(Finding::text)
            .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()))
        + String.format(
            Locale.ROOT,
            "%d ok, %d warnings, %d failed, %d skipped.",
            ok,
            warnings,
            failed,
            skipped);
  }
}
