package org.clickmill.jobs.sessions;

import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.TextDictionary;

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

  /**
   * Names a session.
   *
   * @param kind of visitor
   * @param visitor ordinal of the visitor's text, unless the kind is {@link Visitor#NONE}
   * @param first index of the session's first event
   */
  void name(byte kind, int visitor, SessionEvents session, int first) {
    identity.clear().putOrdered(session.times[first]);
    if (kind == Visitor.NONE) {
      putContent(session, first);
    } else {
      Visitor.putKey(identity, kind, session.texts(), visitor);
    }
    var hash = HASHER.hashBytesTo128Bits(identity.bytes(), 0, identity.length());
    putDigits(hash.getMostSignificantBits(), 0);
    putDigits(hash.getLeastSignificantBits(), LENGTH / 2);
  }

  private void putContent(SessionEvents session, int event) {
    var texts = session.texts();
    identity.putByte(Visitor.NONE).putByte(session.types[event]);
    putText(texts, session.products[event]);
    putText(texts, session.orders[event]);
    putText(texts, session.brands[event]);
    putText(texts, session.categories[event]);
    identity.putByte(session.priced[event] ? 1 : 0);
    identity.putSigned(session.prices[event]).putSigned(session.quantities[event]);
  }

  private void putText(TextDictionary texts, int ordinal) {
    if (ordinal == SessionEvents.NULL) {
      identity.putNullText();
    } else {
      identity.putText(texts.bytes(), texts.offset(ordinal), texts.length(ordinal));
    }
  }

  private void putDigits(long bits, int start) {
    for (int i = 0; i < LENGTH / 2; i++) {
      digits[start + i] = DIGITS[(int) (bits >>> (60 - 4 * i)) & 15];
    }
  }
}
