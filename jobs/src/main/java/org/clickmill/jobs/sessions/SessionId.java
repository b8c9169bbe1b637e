package org.clickmill.jobs.sessions;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * Names sessions: 32 hexadecimal digits of a 128-bit hash of the visitor's key, kind included, and
 * the session's start. A session without visitor is one event, and is named after its content.
 */
final class SessionId {
  static final int LENGTH = 32;

  private static final Hasher128 HASHER = Hashing.murmur3_128();
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final ByteWriter identity = new ByteWriter();
  private final byte[] digits = new byte[LENGTH];

  /** The digits of the name made last. */
  byte[] digits() {
    return digits;
  }

  /** Names a visitor's session. */
  void name(Visitor visitor, long start) {
    identity.clear().putOrdered(start);
    visitor.putName(identity);
    name(HASHER.hashBytesTo128Bits(identity.bytes(), 0, identity.length()));
  }

  /** Names a session after a hash. */
  void name(HashValue128 hash) {
    putDigits(hash.getMostSignificantBits(), 0);
    putDigits(hash.getLeastSignificantBits(), LENGTH / 2);
  }

  private void putDigits(long bits, int start) {
    for (int i = 0; i < LENGTH / 2; i++) {
      digits[start + i] = DIGITS[(int) (bits >>> (60 - 4 * i)) & 15];
    }
  }
}
