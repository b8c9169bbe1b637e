package org.clickmill.formats.mapping;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;

/** The texts and numbers of a JSON parser as UTF-8. */
final class JsonEncoder {
  private byte[] utf8 = new byte[256];

  /** Holds the text that was encoded last. */
  byte[] utf8() {
    return utf8;
  }

  /** The token's text as UTF-8, in an array of its own. */
  byte[] bytes(JsonParser parser) throws IOException, BadValueException {
    int length = encode(parser);
    return Arrays.copyOf(utf8, length);
  }

  /** Writes the token's text as UTF-8 into the buffer and returns its length. */
  int encode(JsonParser parser) throws IOException, BadValueException {
    char[] text = parser.getTextCharacters();
    int from = parser.getTextOffset();
    int end = from + parser.getTextLength();
    if (utf8.length < 3 * (end - from)) {
      utf8 = new byte[Math.max(3 * (end - from), 2 * utf8.length)];
    }
    int length = 0;
    for (int i = from; i < end; i++) {
      char c = text[i];
      if (c == 0) {
        throw new BadValueException("a NUL character");
      } else if (c < 0x80) {
        utf8[length++] = (byte) c;
      } else if (c < 0x800) {
        utf8[length++] = (byte) (0xc0 | (c >> 6));
        utf8[length++] = (byte) (0x80 | (c & 0x3f));
      } else if (!Character.isSurrogate(c)) {
        utf8[length++] = (byte) (0xe0 | (c >> 12));
        utf8[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        utf8[length++] = (byte) (0x80 | (c & 0x3f));
      } else if (i + 1 < end && Character.isSurrogatePair(c, text[i + 1])) {
        int codePoint = Character.toCodePoint(c, text[++i]);
        utf8[length++] = (byte) (0xf0 | (codePoint >> 18));
        utf8[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
        utf8[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
        utf8[length++] = (byte) (0x80 | (codePoint & 0x3f));
      } else {
        throw new BadValueException("half of a surrogate pair");
      }
    }
    return length;
  }
}
