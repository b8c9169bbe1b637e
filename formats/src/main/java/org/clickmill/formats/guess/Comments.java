package org.clickmill.formats.guess;

/** Texts of a file as they may stand in a comment. */
final class Comments {
  private static final int LONGEST_VALUE = 40;
  private static final int LONGEST_LINE = 300;

  private Comments() {}

  /** A value: one printable line, cut where it is long. */
  static String shown(String text) {
    return shown(text, LONGEST_VALUE);
  }

  /** A sentence: one printable line. */
  static String line(String text) {
    return shown(text, LONGEST_LINE);
  }

  private static String shown(String text, int longest) {
    var shown = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(c -> isPrintable(c) ? c : '\uFFFD')
        .forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) > longest ? shown + "…" : shown.toString();
  }

  private static boolean isPrintable(int c) {
    int type = Character.getType(c);
    return !Character.isISOControl(c)
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED
        && c != '\uFEFF'
        && c != '\uFFFE'
        && c != '\uFFFF';
  }
}
