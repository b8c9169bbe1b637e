package org.clickmill.formats.mapping;

import java.util.Arrays;
import org.clickmill.formats.event.Swar;

/**
 * The fields of one line of CSV, quoted as in RFC 4180. A quote stands at the beginning and the end
 * of a field, or twice inside a quoted one; anything else is an error, since it may part the line
 * wrongly.
 */
public final class CsvFields {
  private final byte delimiter;
  private byte[] line;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int count;

  /** Texts of quoted fields whose quotes had to be undone; their places are stored negative. */
  private byte[] unquoted = new byte[256];

  private int unquotedLength;

  public CsvFields(byte delimiter) {
    this.delimiter = delimiter;
  }

  /** Splits a line; the fields stand until the next one. Returns their number. */
  public int split(byte[] bytes, int from, int end) throws BadValueException {
    line = bytes;
    count = 0;
    unquotedLength = 0;
    byte part = delimiter;
    int i = from;
    while (true) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
      }
      if (i < end && bytes[i] == '"') {
        i = quoted(bytes, i + 1, end);
      } else {
        starts[count] = i;
        i = endOrQuote(bytes, i, end);
        if (i < end && bytes[i] == '"') {
          throw new BadValueException("a quote inside field " + (count + 1) + ", not around it");
        }
        ends[count] = i;
      }
      count++;
      if (i >= end) {
        return count;
      }
      if (bytes[i] != part) {
        throw new BadValueException("text after the closing quote of field " + count);
      }
      i++;
    }
  }

  /** Where the next delimiter or quote stands, or the end of the line. */
  private int endOrQuote(byte[] bytes, int from, int end) {
    int i = from;
    for (; i <= bytes.length - Long.BYTES && i < end; i += Long.BYTES) {
      long eight = Swar.at(bytes, i);
      long found = Swar.equal(eight, delimiter) | Swar.equal(eight, '"');
      if (found != 0) {
        return Math.min(end, i + Swar.first(found));
      }
    }
    while (i < end && bytes[i] != delimiter && bytes[i] != '"') {
      i++;
    }
    return Math.min(i, end);
  }

  /** The array that holds the field. */
  public byte[] bytes(int field) {
    return starts[field] < 0 ? unquoted : line;
  }

  public int start(int field) {
    int start = starts[field];
    return start < 0 ? -start - 1 : start;
  }

  public int length(int field) {
    return ends[field] - start(field);
  }

  /** Takes a quoted field whose text begins there; returns the place behind its closing quote. */
  private int quoted(byte[] bytes, int from, int end) throws BadValueException {
    int i = from;
    while (i < end && bytes[i] != '"') {
      i++;
    }
    if (i + 1 < end && bytes[i + 1] == '"') {
      return quotedWithQuotes(bytes, from, end);
    }
    if (i >= end) {
      throw unclosed();
    }
    starts[count] = from;
    ends[count] = i;
    return i + 1;
  }

  private int quotedWithQuotes(byte[] bytes, int from, int end) throws BadValueException {
    int room = unquotedLength + end - from;
    if (room > unquoted.length) {
      unquoted = Arrays.copyOf(unquoted, Math.max(room, 2 * unquoted.length));
    }
    starts[count] = -unquotedLength - 1;
    int i = from;
    while (i < end) {
      byte b = bytes[i++];
      if (b == '"') {
        if (i == end || bytes[i] != '"') {
          ends[count] = unquotedLength;
          return i;
        }
        i++;
      }
      unquoted[unquotedLength++] = b;
    }
    throw unclosed();
  }

  private BadValueException unclosed() {
    return new BadValueException(
        "the quote of field " + (count + 1) + " is not closed on its line");
  }
}
