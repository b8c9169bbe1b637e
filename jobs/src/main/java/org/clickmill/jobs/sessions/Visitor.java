package org.clickmill.jobs.sessions;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * Who events belong to: a visitor_id, else a user_id, else a user_session. The kind is part of it,
 * so that a user and a visitor of the same string stay two; see {@link VisitorHash} for the kinds.
 */
final class Visitor {
  /** Bytes of a name before the string. */
  static final int PREFIX = 2;

  byte kind = VisitorHash.NONE;
  byte[] bytes = new byte[64];
  int offset;
  int length;
  private byte[] own = bytes;

  void set(byte newKind, byte[] source, int start, int size) {
    kind = newKind;
    bytes = source;
    offset = start;
    length = size;
  }

  boolean is(byte otherKind, byte[] other, int start, int size) {
    return kind == otherKind
        && length == size
        && Arrays.equals(bytes, offset, offset + length, other, start, start + size);
  }

  /** Copies the string, so that it outlasts the batch that it lies in. */
  void keep() {
    if (bytes != own) {
      own = own.length < length ? new byte[2 * length] : own;
      System.arraycopy(bytes, offset, own, 0, length);
      bytes = own;
      offset = 0;
    }
  }

  long hash() {
    return VisitorHash.of(kind, bytes, offset, length);
  }

  /** Writes kind, colon and string. */
  void putName(ByteWriter target) {
    target.putByte(kind).putByte(':').putBytes(bytes, offset, length);
  }

  /** What messages call the visitor. */
  @Override
  public String toString() {
    return kind == VisitorHash.NONE
        ? "an event without visitor"
        : (char) kind + ":" + new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
