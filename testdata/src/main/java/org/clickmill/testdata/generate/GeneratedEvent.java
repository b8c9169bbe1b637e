package org.clickmill.testdata.generate;

import org.clickmill.formats.event.EventType;

/** The event generated last, to be read before the next one. A missing text is null. */
final class GeneratedEvent {
  /** Seconds since the epoch. */
  long second;

  EventType type;
  long product;
  byte[] categoryId;
  byte[] categoryCode;
  byte[] brand;

  /** Price of one unit in hundredths. */
  long cents;

  long user;

  /** The session's id as 36 characters. */
  byte[] session;
}
