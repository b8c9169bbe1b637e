package org.clickmill.drivers.cli;

/** The entry point of the job jar: {@code hadoop jar clickmill.jar <command> [options]}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    NoMetrics.install();
    int exitCode = Clickmill.run(arguments);
    System.exit(exitCode);
  }
}
