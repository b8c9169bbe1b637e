package org.clickmill.formats.privacy;

import org.clickmill.formats.event.VisitorHash;

/** The kinds of ids that stand for a person. The same text may be an id of both kinds. */
public enum IdKind {
  /** A {@code user_id}. */
  USER(VisitorHash.USER_ID),
  /** A {@code visitor_id}. */
  VISITOR(VisitorHash.VISITOR_ID);

  private final byte code;

  IdKind(byte code) {
    this.code = code;
  }

  /** What stands for the kind where it is hashed with the id. */
  byte code() {
    return code;
  }
}
