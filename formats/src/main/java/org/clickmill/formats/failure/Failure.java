package org.clickmill.formats.failure;

/** The kinds of failure that a caller can act on, with the exit code that a command ends with. */
public enum Failure {
  /** Something broke: a corrupt file, a lost node, a defect. */
  FAILED(1),
  /** The command line, a setting or a mapping is wrong. Trying again cannot help. */
  USAGE(2),
  /** The input is not there yet. Trying later can help. */
  NOT_READY(3),
  /** The input is there but too bad to publish. */
  QUALITY(4),
  /** Another run published the same partition first. Trying again can help. */
  HELD(5);

  private final int exitCode;

  Failure(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
