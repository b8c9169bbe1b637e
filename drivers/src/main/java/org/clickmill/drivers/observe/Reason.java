package org.clickmill.drivers.observe;

import java.io.IOException;
import org.clickmill.formats.failure.ClickmillException;

/** Why something failed, in a line. */
final class Reason {
  private static final int LONGEST = 2_000;

  private Reason() {}

  /** The words of an exception, with its name where they were not written for users. */
  static String of(Exception failure) {
    var name = failure.getClass().getSimpleName();
    var message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return name;
    }
    var text = message.substring(0, Math.min(message.length(), LONGEST));
    boolean isWritten =
        failure instanceof ClickmillException || failure.getClass() == IOException.class;
    return isWritten ? text : name + ", " + text.lines().findFirst().orElse("");
  }
}
