package org.clickmill.jobs.load;

import java.io.IOException;
import org.clickmill.formats.event.Event;

/** Events to send, one after the other. */
public interface EventSupply {
  /**
   * Goes to the next event.
   *
   * @return false when there are no more
   */
  boolean next() throws IOException;

  /** The event, which the next one may overwrite. */
  Event event();
}
