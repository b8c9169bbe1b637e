package org.clickmill.formats.mapping;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.clickmill.formats.event.Swar;

/**
 * Cuts a stream of bytes into lines without copying them. A line ends with LF or CRLF; of one
 * longer than the limit only the beginning is kept.
 */
class LineBuffer implements Closeable {
  private static final int READ_SIZE = 256 * 1024;

  private final InputStream in;
  private final int longest;
  private byte[] bytes;
  private int limit;
  private int next;
  private int start;
  private int end;

  /** Where in the stream the first of the bytes stands, as far as they are still to be read. */
  private long base;

  private long offset;
  private boolean isPlain;
  private boolean isTooLong;
  private boolean atEnd;

  LineBuffer(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
    this.bytes = new byte[READ_SIZE];
  }

  /** Goes to the next line; false at the end. */
  boolean advance() throws IOException {
    start = next;
    offset = nextOffset();
    isTooLong = false;
    int scanned = start;
    int signs = 0;
    long others = 0;
    while (true) {
      int i = scanned;
      byte[] local = bytes;
      int last = limit;
      boolean found = false;
      while (i <= last - Long.BYTES) {
        long eight = Swar.at(local, i);
        if (Swar.equal(eight, '\n') != 0) {
          break;
        }
        others |= Swar.notPlain(eight);
        i += Long.BYTES;
      }
      while (i < last) {
        byte b = local[i++];
        if (b == '\n') {
          found = true;
          break;
        }
        // Negative for NUL and for every byte that is not ASCII.
        signs |= b - 1;
      }
      if (found) {
        end = i - 1;
        next = i;
        break;
      }
      if (limit - start > longest) {
        skipRest();
        break;
      }
      scanned = limit - start;
      if (!fill()) {
        if (start == limit) {
          next = start;
          return false;
        }
        end = limit;
        next = limit;
        break;
      }
      scanned += start;
    }
    if (end - start > longest) {
      isTooLong = true;
      end = start + longest;
    } else if (!isTooLong && end > start && bytes[end - 1] == '\r') {
      end--;
    }
    isPlain = signs >= 0 && others == 0;
    return true;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the line begins in the bytes. */
  int start() {
    return start;
  }

  /** Where the line ends in the bytes, its line break left out. */
  int end() {
    return end;
  }

  /** Where the line begins in the stream, in bytes from 0. */
  long offset() {
    return offset;
  }

  /** Where the next line begins. */
  long nextOffset() {
    return base + next;
  }

  /** Forgets what was read; the stream goes on at another byte. */
  void restart(long position) {
    base = position;
    start = 0;
    next = 0;
    limit = 0;
    atEnd = false;
  }

  /** Whether the line is all ASCII without NUL. */
  boolean isPlain() {
    return isPlain;
  }

  /** Whether the line was longer than the limit and is cut. */
  boolean isTooLong() {
    return isTooLong;
  }

  /** Leaves out the first bytes of the line. */
  void skip(int count) {
    start += count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Passes over what is left of a line that is too long, keeping its beginning. */
  private void skipRest() throws IOException {
    isTooLong = true;
    if (bytes.length - start - longest < READ_SIZE) {
      bytes = resized(longest + READ_SIZE);
      base += start;
      limit -= start;
      start = 0;
    }
    int kept = start + longest;
    end = kept;
    base += limit - kept;
    while (true) {
      int count = in.read(bytes, kept, bytes.length - kept);
      if (count < 0) {
        next = kept;
        limit = kept;
        atEnd = true;
        return;
      }
      for (int i = kept; i < kept + count; i++) {
        if (bytes[i] == '\n') {
          next = i + 1;
          limit = kept + count;
          return;
        }
      }
      base += count;
    }
  }

  /** The line's beginning, in an array of another size. */
  private byte[] resized(int size) {
    byte[] resized = new byte[size];
    System.arraycopy(bytes, start, resized, 0, Math.min(limit - start, size));
    return resized;
  }

  /** Reads more behind the line's beginning, making room first; false at the end. */
  private boolean fill() throws IOException {
    if (atEnd) {
      return false;
    }
    int kept = limit - start;
    int largest = longest + READ_SIZE;
    if (kept > bytes.length / 2 && bytes.length < largest) {
      bytes = resized((int) Math.min(2L * bytes.length, largest));
    } else if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, kept);
    }
    base += start;
    start = 0;
    limit = kept;
    int count = in.read(bytes, limit, bytes.length - limit);
    if (count < 0) {
      atEnd = true;
      return false;
    }
    limit += count;
    return true;
  }
}
