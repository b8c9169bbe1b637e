package org.clickmill.formats.event;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import org.apache.avro.util.Utf8;

/**
 * The hash by which a day of events is clustered: 64 bits of who an event belongs to, which is its
 * visitor_id, else its user_id, else its user_session. The kind is part of it, so that a user and a
 * visitor of the same string stay two. An event with none of the three is hashed by its content.
 *
 * <p>Hashes are ordered as unsigned numbers. Their upper bits say in which of a day's ranges they
 * lie, so the ranges of days that are cut into other numbers of them line up.
 */
public final class VisitorHash {
  /** Changes with the hash function; a day that is clustered by another one is not read. */
  public static final int VERSION = 1;

  /** The kinds of visitors, in the order in which a visitor's columns are asked for. */
  public static final byte VISITOR_ID = 'v';

  public static final byte USER_ID = 'u';
  public static final byte USER_SESSION = 's';

  /** The kind of an event with none of the three. */
  public static final byte NONE = 'n';

  private static final Hasher64 OF_VISITOR_ID = Hashing.xxh3_64(VISITOR_ID);
  private static final Hasher64 OF_USER_ID = Hashing.xxh3_64(USER_ID);
  private static final Hasher64 OF_USER_SESSION = Hashing.xxh3_64(USER_SESSION);
  private static final Hasher64 OF_CONTENT = Hashing.xxh3_64(NONE);

  private VisitorHash() {}

  /**
   * The hash of a visitor.
   *
   * @param kind of the visitor, such as {@link #USER_ID}
   * @param bytes hold the string in UTF-8, or the content prefix of the event's {@link EventKey}
   */
  public static long of(byte kind, byte[] bytes, int offset, int length) {
    var hasher =
        switch (kind) {
          case VISITOR_ID -> OF_VISITOR_ID;
          case USER_ID -> OF_USER_ID;
          case USER_SESSION -> OF_USER_SESSION;
          case NONE -> OF_CONTENT;
          default -> throw new IllegalArgumentException("Invalid kind of visitor: " + kind);
        };
    return hasher.hashBytesToLong(bytes, offset, length);
  }

  /**
   * The hash of the visitor of an event.
   *
   * @param content holds the content prefix of the event's {@link EventKey}
   */
  public static long of(Event event, byte[] content, int offset, int length) {
    if (event.getVisitorId() != null) {
      return of(VISITOR_ID, event.getVisitorId());
    }
    if (event.getUserId() != null) {
      return of(USER_ID, event.getUserId());
    }
    if (event.getUserSession() != null) {
      return of(USER_SESSION, event.getUserSession());
    }
    return of(NONE, content, offset, length);
  }

  private static long of(byte kind, Utf8 visitor) {
    return of(kind, visitor.getBytes(), 0, visitor.getByteLength());
  }

  /**
   * The range of a hash, from 0.
   *
   * @param ranges how many there are, a power of two
   */
  public static int range(long hash, int ranges) {
    return ranges == 1 ? 0 : (int) (hash >>> (Long.SIZE - Integer.numberOfTrailingZeros(ranges)));
  }
}
