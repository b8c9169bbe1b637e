package org.clickmill.formats.mapping;

import java.io.Serial;
import java.nio.charset.StandardCharsets;

/**
 * A record that cannot be an event; the message is the reason, without its place. Has no stack
 * trace: it is thrown once a bad record and caught in {@link SourceReader}.
 */
public final class BadValueException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private static final int SHOWN_CHARACTERS = 60;

  BadValueException(String reason) {
    super(reason, null, false, false);
  }

  /** A text as it may stand in a message: one line, printable, and not too long. */
  static String shown(String text) {
    return shown(text, SHOWN_CHARACTERS);
  }

  static String shown(String text, int characters) {
    var shown = new StringBuilder();
    text.codePoints()
        .limit(characters)
        .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
        .forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) > characters ? shown + "…" : shown + "";
  }

  static String shown(byte[] bytes, int offset, int length) {
    int limit = Math.min(length, 4 * SHOWN_CHARACTERS + 4);
    return shown(new String(bytes, offset, limit, StandardCharsets.UTF_8));
  }
}
