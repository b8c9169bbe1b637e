package org.clickmill.jobs.kernel;

import java.time.LocalDate;

/** Tells a merge which partition it is writing; the answers change from partition to partition. */
public interface MergeContext {
  /** First day of the partition's stretch. */
  LocalDate start();

  /** Whether the input holds all days of the stretch. */
  boolean isComplete();
}
