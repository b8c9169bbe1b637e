package org.clickmill.jobs.sessions;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.clickmill.jobs.sessions.EventColumns.Strings;

/**
 * What a brand or category has to be: a text; any text that begins with what stands before a last
 * {@code *}; or {@code (none)}, no text at all.
 */
final class TextCondition {
  /** Stands for NULL, here as in the value columns of the tables. */
  static final String NONE = "(none)";

  private final String text;
  private final byte[] utf8;
  private final boolean isPrefix;

  private TextCondition(String text, byte[] utf8, boolean isPrefix) {
    this.text = text;
    this.utf8 = utf8;
    this.isPrefix = isPrefix;
  }

  static TextCondition of(String text) {
    boolean isPrefix = text.endsWith("*");
    var prefix = isPrefix ? text.substring(0, text.length() - 1) : text;
    return new TextCondition(text, prefix.getBytes(StandardCharsets.UTF_8), isPrefix);
  }

  /** Whether it holds for a string of a column, given by its id, or below 0 for none. */
  boolean matches(Strings column, int id) {
    if (id < 0) {
      return text.equals(NONE);
    }
    int length = column.length(id);
    if (isPrefix ? length < utf8.length : length != utf8.length) {
      return false;
    }
    int start = column.offsets[id];
    return Arrays.equals(column.bytes, start, start + utf8.length, utf8, 0, utf8.length);
  }

  @Override
  public String toString() {
    return text;
  }
}
