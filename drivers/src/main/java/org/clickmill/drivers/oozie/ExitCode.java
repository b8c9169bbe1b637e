package org.clickmill.drivers.oozie;

import java.util.Arrays;
import org.clickmill.formats.failure.Failure;

/** What the error code of an action tells. */
final class ExitCode {
  private ExitCode() {}

  /** The meaning of a code, which is Oozie's own where no command ended with it. */
  static String meaning(String code) {
    return Arrays.stream(Failure.values())
        .filter(failure -> Integer.toString(failure.exitCode()).equals(code))
        .findFirst()
        .map(ExitCode::meaning)
        .orElse("an error of Oozie or of the cluster");
  }

  private static String meaning(Failure failure) {
    return switch (failure) {
      case FAILED -> "failed";
      case USAGE -> "wrong usage, trying again cannot help";
      case NOT_READY -> "input not ready, trying later can help";
      case QUALITY -> "quality gate, the input is too bad to publish";
      case HELD -> "held by another run, trying again can help";
    };
  }
}
