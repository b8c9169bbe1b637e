package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import org.clickmill.drivers.cli.Clickmill;

/** Commands that run in the tests' own process, with the local job runner. */
final class Commands {
  private Commands() {}

  /** Runs a command, which must succeed. */
  static void run(String... words) {
    assertThat(Clickmill.run(words)).as(String.join(" ", words)).isZero();
  }
}
