package org.clickmill.jobs.sessions;

import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * Who an event belongs to: visitor_id, else user_id, else user_session. The kind is part of the
 * key, so that a user and a visitor of the same text stay two.
 */
final class Visitor {
  static final byte VISITOR_ID = 'v';
  static final byte USER_ID = 'u';
  static final byte USER_SESSION = 's';

  /** The kind of an event with none of the three; each such event is a session of its own. */
  static final byte NONE = 'n';

  /** Bytes of the key before the text. */
  static final int PREFIX = 2;

  private Visitor() {}

  /** Writes kind, colon and text. */
  static void putKey(ByteWriter key, byte kind, TextDictionary texts, int text) {
    key.putByte(kind).putByte(':').putBytes(texts.bytes(), texts.offset(text), texts.length(text));
  }
}
