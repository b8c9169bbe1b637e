package org.clickmill.jobs.push;

/** The moments of a push at which tests stop it. */
enum PushStep {
  /** Older pushes are fenced, and what they have committed is known. */
  STARTED,
  /** A row or a tombstone was handed to the producer. */
  SENT,
  /** All records of the partition were. */
  ALL_SENT,
  /** The version is part of the transaction, which is not committed. */
  VERSION_SENT,
  /** The transaction is committed. */
  COMMITTED;

  /** Is told of each step. */
  @FunctionalInterface
  interface Listener {
    void at(PushStep step);
  }
}
