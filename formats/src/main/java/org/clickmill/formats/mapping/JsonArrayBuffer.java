package org.clickmill.formats.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a text that is a JSON array, or several one after the other, into their elements, of one of
 * which no more is kept than the longest record. It only follows quotes and brackets; what is wrong
 * within an element is for the parser to say.
 *
 * <p>Where an element is damaged so that its end cannot be seen, it ends where something comes that
 * cannot be in it: an object behind a comma within an object, a bracket that closes another one.
 */
final class JsonArrayBuffer extends LineBuffer {
  private static final int READ_SIZE = 256 * 1024;

  /** Of an element so deep, the parser takes none. */
  private static final int DEEPEST = 1 << 20;

  private final InputStream in;
  private final int longest;

  // What is read of the text.
  private final byte[] buffer = new byte[READ_SIZE];
  private int position;
  private int limit;

  /** Where in the text the buffer begins. */
  private long base;

  private boolean isInArray;

  /** Where in the text the array at hand, or the last one, begins. */
  private long arrayStart;

  /** Bytes of a byte order mark that were just skipped. */
  private int marks;

  // The element at hand.
  private byte[] element = new byte[1024];
  private int length;
  private int skipped;
  private long offset;
  private boolean isPlain;
  private boolean isTooLong;

  /** The brackets that are open within the element. */
  private byte[] open = new byte[16];

  private int depth;

  JsonArrayBuffer(InputStream in, int longest) {
    super(in, longest);
    this.in = in;
    this.longest = longest;
  }

  /**
   * Goes to the next element; false at the end of the last array.
   *
   * @throws IOException if an array is not closed, or something else than an array comes behind it
   */
  @Override
  boolean advance() throws IOException {
    skipped = 0;
    int next = skipSpace();
    while (!isInArray || next == ',' || next == ']') {
      if (next < 0 && !isInArray) {
        return false;
      }
      if (!isInArray && next != '[') {
        throw new IOException("text behind the end of the array, at byte " + (base + position));
      }
      if (!isInArray) {
        arrayStart = base + position;
      }
      isInArray = next != ']';
      position++;
      next = skipSpace();
    }
    if (next < 0) {
      throw new IOException(
          "the array of the file is not closed at its end, byte "
              + (base + position)
              + ": a quote or bracket is missing in the element at byte "
              + Math.max(offset, arrayStart)
              + ", or the file is cut short");
    }
    offset = base + position;
    length = 0;
    depth = 0;
    isPlain = true;
    isTooLong = false;
    if (next == '{' || next == '[') {
      takeNested();
    } else {
      takeSingle();
    }
    return true;
  }

  @Override
  byte[] bytes() {
    return element;
  }

  @Override
  int start() {
    return skipped;
  }

  @Override
  int end() {
    return length;
  }

  @Override
  long offset() {
    return offset;
  }

  @Override
  long nextOffset() {
    return base + position;
  }

  @Override
  boolean isPlain() {
    return isPlain;
  }

  @Override
  boolean isTooLong() {
    return isTooLong;
  }

  @Override
  void skip(int count) {
    skipped += count;
  }

  /** Takes an object or array up to the bracket that closes it. */
  private void takeNested() throws IOException {
    byte last = 0;
    while (has()) {
      byte b = buffer[position];
      if (b == '"') {
        takeText();
        last = b;
        continue;
      }
      if (isEndOf(b, last)) {
        return;
      }
      take(b);
      if (b == '{' || b == '[') {
        push(b);
      } else if (b == '}' || b == ']') {
        depth--;
        if (depth == 0) {
          return;
        }
      }
      last = isSpace(b) ? last : b;
    }
  }

  /** Whether a bracket cannot belong to the element. */
  private boolean isEndOf(byte b, byte last) {
    if (depth == 0) {
      return false;
    }
    byte around = open[depth - 1];
    return switch (b) {
      case '{', '[' -> around == '{' && last != ':';
      case '}' -> around != '{';
      case ']' -> around != '[';
      default -> false;
    };
  }

  /** Takes a text with its quotes; a line break, which no text may have, ends it too. */
  private void takeText() throws IOException {
    take(buffer[position]);
    while (has()) {
      byte b = buffer[position];
      if (b == '\n') {
        return;
      }
      take(b);
      if (b == '"') {
        return;
      }
      if (b == '\\' && has() && buffer[position] != '\n') {
        take(buffer[position]);
      }
    }
  }

  /** Takes a text, a number, or whatever else stands where an element should, up to its comma. */
  private void takeSingle() throws IOException {
    while (has()) {
      byte b = buffer[position];
      if (b == '"') {
        takeText();
      } else if (b == ',' || b == ']' || b == '{' || b == '[') {
        return;
      } else {
        take(b);
      }
    }
  }

  private void push(byte bracket) throws IOException {
    if (depth == DEEPEST) {
      throw new IOException("an element nested too deeply, at byte " + offset);
    }
    if (depth == open.length) {
      open = Arrays.copyOf(open, 2 * depth);
    }
    open[depth++] = bracket;
  }

  private void take(byte b) {
    position++;
    // NUL and every byte that is not ASCII.
    isPlain &= b > 0;
    if (length == longest) {
      isTooLong = true;
      return;
    }
    if (length == element.length) {
      element = Arrays.copyOf(element, Math.min(2 * length, longest));
    }
    element[length++] = b;
  }

  private int skipSpace() throws IOException {
    while (has()) {
      byte b = buffer[position];
      if (isMark(b)) {
        marks = (marks + 1) % JsonArrays.MARK.length;
      } else if (marks > 0 || !isSpace(b)) {
        return marks > 0 ? JsonArrays.MARK[0] & 0xff : b & 0xff;
      }
      position++;
    }
    return -1;
  }

  /**
   * Whether a byte belongs to a byte order mark before an array; each file of a zip may have one.
   */
  private boolean isMark(byte b) {
    return !isInArray && b == JsonArrays.MARK[marks];
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private boolean has() throws IOException {
    while (position == limit) {
      base += limit;
      position = 0;
      limit = 0;
      int count = in.read(buffer, 0, buffer.length);
      if (count < 0) {
        return false;
      }
      limit = count;
    }
    return true;
  }
}
