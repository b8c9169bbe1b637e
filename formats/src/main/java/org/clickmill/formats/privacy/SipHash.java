package org.clickmill.formats.privacy;

import org.clickmill.formats.fs.LittleEndian;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): 64 bits that nobody can compute without the key, some
 * twenty times as fast as an HMAC.
 */
final class SipHash {
  private final long key0;
  private final long key1;

  /**
   * @param key begins with the 16 bytes that are used
   */
  SipHash(byte[] key) {
    key0 = LittleEndian.longAt(key, 0);
    key1 = LittleEndian.longAt(key, Long.BYTES);
  }

  long of(byte[] bytes, int offset, int length) {
    long v0 = key0 ^ 0x736f6d6570736575L;
    long v1 = key1 ^ 0x646f72616e646f6dL;
    long v2 = key0 ^ 0x6c7967656e657261L;
    long v3 = key1 ^ 0x7465646279746573L;
    int end = offset + (length & -Long.BYTES);
    int at = offset;
    // The words of the message, the last with the length, and four rounds of nothing.
    for (boolean isLast = false; !isLast; at += Long.BYTES) {
      isLast = at == end;
      long word = isLast ? lastWord(bytes, at, length) : LittleEndian.longAt(bytes, at);
      v3 ^= word;
      for (int round = 0; round < 2; round++) {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= word;
    }
    v2 ^= 0xff;
    for (int round = 0; round < 4; round++) {
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private static long lastWord(byte[] bytes, int at, int length) {
    long word = (long) length << 56;
    for (int i = 0; i < (length & Long.BYTES - 1); i++) {
      word |= (bytes[at + i] & 0xffL) << 8 * i;
    }
    return word;
  }
}
