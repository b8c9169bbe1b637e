package org.clickmill.drivers.damage;

/** How reading a damaged file ended. */
enum Outcome {
  /** The rows and rejects of the undamaged file. */
  SAME_ROWS(true),
  /** Other rows or rejects, where no checksum covers what was damaged. */
  OTHER_ROWS(true),
  /** One error that names the file. */
  ERROR(true),
  /** Other rows or rejects, though a checksum covers what was damaged. */
  WRONG_ROWS(false),
  /** An error without the file's name, or with the name of a Java exception. */
  UNCLEAR_ERROR(false),
  BARE_EXCEPTION(false),
  OUT_OF_MEMORY(false),
  /** Not done in time. */
  HUNG(false),
  /** The process ended. */
  DIED(false);

  private final boolean isAllowed;

  Outcome(boolean isAllowed) {
    this.isAllowed = isAllowed;
  }

  boolean isAllowed() {
    return isAllowed;
  }
}
