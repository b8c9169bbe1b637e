package org.clickmill.formats.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Cuts CSV into records whose quoted fields may hold line breaks; CRLF inside of quotes becomes LF.
 *
 * <p>A quote that is not closed within the longest record, or before the end of the file, costs its
 * own line: that line is given as it is, for the parser to reject, and the lines behind it are read
 * again.
 */
final class QuotedLineBuffer extends LineBuffer {
  private final int longest;
  private final byte delimiter;
  private final Deque<Line> again = new ArrayDeque<>();
  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private long offset;
  private boolean isPlain;
  private boolean isTooLong;

  private byte[] joined = new byte[1024];

  QuotedLineBuffer(InputStream in, int longest, byte delimiter) {
    super(in, longest);
    this.longest = longest;
    this.delimiter = delimiter;
  }

  /** A line that is read again. */
  private record Line(byte[] bytes, long offset, boolean isPlain, boolean isTooLong) {}

  @Override
  boolean advance() throws IOException {
    if (!nextLine()) {
      return false;
    }
    if (!isTooLong && isOpenAfter(bytes, start, end, false)) {
      join();
    }
    return true;
  }

  @Override
  byte[] bytes() {
    return bytes;
  }

  @Override
  int start() {
    return start;
  }

  @Override
  int end() {
    return end;
  }

  @Override
  long offset() {
    return offset;
  }

  @Override
  long nextOffset() {
    return again.isEmpty() ? super.nextOffset() : again.peek().offset;
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
    start += count;
  }

  private boolean nextLine() throws IOException {
    var line = again.poll();
    if (line != null) {
      bytes = line.bytes;
      start = 0;
      end = bytes.length;
      offset = line.offset;
      isPlain = line.isPlain;
      isTooLong = line.isTooLong;
    } else if (super.advance()) {
      bytes = super.bytes();
      start = super.start();
      end = super.end();
      offset = super.offset();
      isPlain = super.isPlain();
      isTooLong = super.isTooLong();
    } else {
      return false;
    }
    return true;
  }

  /** Appends lines to the one at hand until its quotes are closed. */
  private void join() throws IOException {
    var taken = new ArrayDeque<Line>();
    taken.add(copy());
    long first = offset;
    int length = end - start;
    boolean allPlain = isPlain;
    append(0, start, end);
    boolean isOpen = true;
    while (isOpen && length <= longest && nextLine()) {
      taken.add(copy());
      if (isTooLong) {
        break;
      }
      isOpen = isOpenAfter(bytes, start, end, true);
      allPlain &= isPlain;
      joined[length++] = '\n';
      append(length, start, end);
      length += end - start;
    }
    if (isOpen || length > longest) {
      giveBack(taken);
    } else {
      bytes = joined;
      start = 0;
      end = length;
      offset = first;
      isPlain = allPlain;
      isTooLong = false;
    }
  }

  private void giveBack(Deque<Line> taken) throws IOException {
    while (!taken.isEmpty()) {
      again.addFirst(taken.removeLast());
    }
    if (!nextLine()) {
      throw new IllegalStateException("the line itself is not there");
    }
  }

  private Line copy() {
    return new Line(Arrays.copyOfRange(bytes, start, end), offset, isPlain, isTooLong);
  }

  private void append(int at, int from, int to) {
    int size = to - from;
    if (joined.length < at + size + 1) {
      joined = Arrays.copyOf(joined, Math.max(at + size + 1, 2 * joined.length));
    }
    System.arraycopy(bytes, from, joined, at, size);
  }

  /** Whether a quoted field is open behind the line. */
  private boolean isOpenAfter(byte[] line, int from, int to, boolean isOpenBefore) {
    boolean isOpen = isOpenBefore;
    int i = from;
    if (!isOpen && i < to && line[i] == '"') {
      isOpen = true;
      i++;
    }
    while (i < to) {
      byte b = line[i++];
      if (isOpen) {
        if (b == '"') {
          if (i < to && line[i] == '"') {
            i++;
          } else {
            isOpen = false;
          }
        }
      } else if (b == delimiter && i < to && line[i] == '"') {
        isOpen = true;
        i++;
      }
    }
    return isOpen;
  }
}
