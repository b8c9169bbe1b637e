package org.clickmill.formats.mapping;

/**
 * What of a topic's message, beside its value, feeds a field.
 *
 * @param kind the part
 * @param header the header's name; null for the other parts
 */
record MessagePart(Kind kind, String header) {
  static final String KNOWN = "key, timestamp or header.<name>";

  private static final String KEY = "key";
  private static final String TIMESTAMP = "timestamp";
  private static final String HEADER = "header.";

  enum Kind {
    KEY,
    TIMESTAMP,
    HEADER
  }

  /** The part as a mapping names it, or null if there is none of that name. */
  static MessagePart parse(String text) {
    if (text.equals(KEY)) {
      return new MessagePart(Kind.KEY, null);
    }
    if (text.equals(TIMESTAMP)) {
      return new MessagePart(Kind.TIMESTAMP, null);
    }
    return text.startsWith(HEADER) && text.length() > HEADER.length()
        ? new MessagePart(Kind.HEADER, text.substring(HEADER.length()))
        : null;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case KEY -> KEY;
      case TIMESTAMP -> TIMESTAMP;
      case HEADER -> HEADER + header;
    };
  }
}
