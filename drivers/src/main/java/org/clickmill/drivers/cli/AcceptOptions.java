package org.clickmill.drivers.cli;

import java.util.List;
import java.util.Set;
import org.clickmill.drivers.checks.Acceptance;
import org.clickmill.formats.failure.ClickmillException;
import picocli.CommandLine.Option;

/** The options by which a user publishes what a check has stopped. */
final class AcceptOptions {
  private static final String ACCEPT = "--accept-check";
  private static final String REASON = "--reason";

  /** The names of the options. */
  static final Set<String> NAMES = Set.of(ACCEPT, REASON);

  @Option(
      names = ACCEPT,
      split = ",",
      paramLabel = "NAME",
      description =
          "Publish partitions although this check fails on them; their manifests say so"
              + " (clickmill.checks).")
  private List<String> names = List.of();

  @Option(
      names = REASON,
      paramLabel = "TEXT",
      description = "Why the check is accepted, for the manifest.")
  private String reason;

  Acceptance acceptance() {
    if (names.isEmpty() && reason == null) {
      return Acceptance.NONE;
    }
    if (names.isEmpty()) {
      throw ClickmillException.usage("Invalid option: --reason goes with --accept-check NAME");
    }
    if (reason == null || reason.isBlank()) {
      throw ClickmillException.usage(
          "Missing option: --accept-check needs --reason TEXT, which the manifest records");
    }
    return new Acceptance(names, reason.strip());
  }
}
