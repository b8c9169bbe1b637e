package org.clickmill.drivers.cli;

import picocli.CommandLine.Option;

/** The option of commands that write snapshots. */
final class SnapshotOptions {
  @Option(
      names = "--every-day",
      description =
          "Make a snapshot of customers, clv and interactions for every day, not only for"
              + " the last. Snapshots that are there are renewed when they are stale in any case.")
  private boolean everyDay;

  boolean everyDay() {
    return everyDay;
  }
}
