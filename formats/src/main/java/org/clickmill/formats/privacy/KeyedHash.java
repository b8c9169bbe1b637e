package org.clickmill.formats.privacy;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes bytes with a key, by HMAC-SHA256. Not for several threads. */
final class KeyedHash {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;
  private final byte[] hash;

  KeyedHash(PrivacyKey key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
      hash = new byte[mac.getMacLength()];
    } catch (GeneralSecurityException e) {
      // Every Java platform has it.
      throw new IllegalStateException(e);
    }
  }

  /** The hash of some bytes, 32 bytes that the next call overwrites. */
  byte[] of(byte[] bytes, int offset, int length) {
    mac.update(bytes, offset, length);
    return finish();
  }

  /** The hash of one byte and some bytes behind it. */
  byte[] of(byte first, byte[] bytes, int offset, int length) {
    mac.update(first);
    return of(bytes, offset, length);
  }

  private byte[] finish() {
    try {
      mac.doFinal(hash, 0);
      return hash;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
