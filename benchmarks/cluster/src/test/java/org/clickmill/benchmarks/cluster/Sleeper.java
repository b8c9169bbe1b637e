package org.clickmill.benchmarks.cluster;

/** A server that does nothing. */
final class Sleeper {
  private static final long FOR_EVER_MILLIS = 600_000;

  private Sleeper() {}

  public static void main(String[] arguments) throws InterruptedException {
    Thread.sleep(FOR_EVER_MILLIS);
  }
}
