package org.clickmill.formats.privacy;

import java.util.regex.Pattern;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Reject;

/**
 * What every event passes on its way into the warehouse: ids are hashed, then the events of those
 * on the suppression list, which has the ids as tables do, are dropped. Not for several threads.
 */
public final class Door {
  /** Reasons show values in quotes. */
  private static final Pattern QUOTED = Pattern.compile("'.*'", Pattern.DOTALL);

  private static final String REDACTED = "'…'";

  private final IdHash users;
  private final IdHash visitors;
  private final SuppressedIds.Lookup suppressed;

  /** Each may be null, for nothing to do. */
  Door(IdHash users, IdHash visitors, SuppressedIds.Lookup suppressed) {
    this.users = users;
    this.visitors = visitors;
    this.suppressed = suppressed;
  }

  /**
   * Hashes the ids of an event that comes from outside, in place. False if it is not to come in.
   */
  public boolean admits(Event event) {
    if (users != null) {
      event.setUserId(users.of(event.getUserId()));
    }
    if (visitors != null) {
      event.setVisitorId(visitors.of(event.getVisitorId()));
    }
    return !isForgotten(event);
  }

  /** Whether an event whose ids are those of the warehouse is of somebody who is forgotten. */
  public boolean isForgotten(Event event) {
    return suppressed != null && suppressed.contains(event);
  }

  /**
   * Takes out of a reject what may hold an id in the clear: the record itself, and what its reason
   * shows of it. Where the record is, and what is wrong with it, stays.
   */
  public static void redact(Reject reject) {
    reject.setRaw(null);
    var reason = reject.getReason().toString();
    reject.setReason(new Utf8(QUOTED.matcher(reason).replaceAll(REDACTED)));
  }
}
