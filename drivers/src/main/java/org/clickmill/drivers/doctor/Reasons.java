package org.clickmill.drivers.doctor;

import java.io.IOException;
import org.clickmill.formats.failure.ClickmillException;

/** Why a check failed, in the words of whoever threw. */
final class Reasons {
  private static final int MOST_CHARACTERS = 400;

  private Reasons() {}

  /** A clause without a full stop, in one line. */
  static String describe(Throwable thrown) {
    var message = thrown.getMessage();
    var line = message == null ? "" : message.lines().findFirst().orElse("").strip();
    boolean isForUsers = thrown instanceof ClickmillException || thrown instanceof IOException;
    var text =
        line.isEmpty()
            ? thrown.getClass().getSimpleName()
            : isForUsers ? line : thrown.getClass().getSimpleName() + ": " + line;
    return text.length() > MOST_CHARACTERS
        ? text.substring(0, MOST_CHARACTERS) + " ..."
        : text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
