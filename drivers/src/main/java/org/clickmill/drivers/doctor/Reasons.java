package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.util.regex.Pattern;
import org.clickmill.formats.failure.ClickmillException;

/** Why a check failed, in the words of whoever threw. */
final class Reasons {
  private static final int MOST_CHARACTERS = 400;

  /** What remote exceptions put before their words. */
  private static final Pattern CLASS_NAME = Pattern.compile("^([a-z][a-z0-9]*\\.)+[A-Z]\\w*: ");

  private Reasons() {}

  /** A clause without a full stop, in one line. */
  static String describe(Throwable thrown) {
    var message = thrown.getMessage();
    var line = message == null ? "" : message.lines().findFirst().orElse("").strip();
    line = CLASS_NAME.matcher(line).replaceFirst("");
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
