package org.clickmill.formats.privacy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.VisitorHash;

/**
 * What stands for ids where these are hashed at the door: the first 128 bits of the HMAC-SHA256 of
 * the id in UTF-8, as 32 lower-case hexadecimal digits. The same key and id always give the same.
 * Not for several threads.
 */
public final class IdHash {
  private static final int BYTES = 16;
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** A power of two. Events of one id come close to each other more often than not. */
  private static final int REMEMBERED = 1 << 12;

  private final KeyedHash hash;

  /** At the same places: ids that were hashed before, and what stands for them. */
  private final byte[][] ids = new byte[REMEMBERED][];

  private final Utf8[] hashed = new Utf8[REMEMBERED];

  public IdHash(PrivacyKey key) {
    hash = new KeyedHash(key);
  }

  /** What stands for an id. */
  public String of(String id) {
    return of(new Utf8(id)).toString();
  }

  /** What stands for an id, which must not be changed; null for null. */
  public Utf8 of(Utf8 id) {
    if (id == null) {
      return null;
    }
    byte[] bytes = id.getBytes();
    int length = id.getByteLength();
    int place = (int) VisitorHash.of(VisitorHash.USER_ID, bytes, 0, length) & (REMEMBERED - 1);
    byte[] before = ids[place];
    if (before == null || !Arrays.equals(before, 0, before.length, bytes, 0, length)) {
      ids[place] = Arrays.copyOf(bytes, length);
      hashed[place] = new Utf8(hexadecimal(hash.of(bytes, 0, length)));
    }
    return hashed[place];
  }

  private static byte[] hexadecimal(byte[] hash) {
    byte[] text = new byte[2 * BYTES];
    for (int i = 0; i < BYTES; i++) {
      text[2 * i] = DIGITS[hash[i] >> 4 & 0xf];
      text[2 * i + 1] = DIGITS[hash[i] & 0xf];
    }
    return text;
  }
}
