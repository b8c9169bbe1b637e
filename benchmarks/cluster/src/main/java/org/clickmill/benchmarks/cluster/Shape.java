package org.clickmill.benchmarks.cluster;

import java.util.Locale;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;

/** What is special about the events of a day. */
enum Shape {
  /** As the generator makes them. */
  PLAIN {
    @Override
    void apply(Event event, long number) {}
  },

  /** One visitor, who is a customer too, has a fifth of all events. */
  HOT_VISITOR {
    @Override
    void apply(Event event, long number) {
      if (number % 5 == 0) {
        event.setVisitorId(HOT);
        event.setUserId(HOT);
      }
    }
  },

  /** One product has half of all views. */
  HOT_PRODUCT {
    @Override
    void apply(Event event, long number) {
      if (number % 2 == 0 && VIEW.equals(event.getEventType().toString())) {
        event.setProductId(HOT);
        event.setBrand(HOT);
        event.setCategoryId(HOT);
        event.setCategoryCode(HOT);
      }
    }
  },

  /** One event in twenty is a line of one order. */
  HOT_ORDER {
    @Override
    void apply(Event event, long number) {
      if (number % 20 == 0) {
        event.setEventType(PURCHASE);
        event.setUserId(HOT);
        event.setOrderId(HOT);
      }
    }
  },

  /** Every event has an event_id; one in a thousand has that of the event before it. */
  EVENT_IDS {
    @Override
    void apply(Event event, long number) {
      long id = number % 1000 == 999 ? number - 1 : number;
      event.setEventId(new Utf8(String.format(Locale.ROOT, "%016x", id * GOLDEN)));
    }
  };

  private static final String VIEW = "view";
  private static final Utf8 PURCHASE = new Utf8("purchase");
  private static final Utf8 HOT = new Utf8("hot");

  /** An odd number, so that different ids stay different. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /**
   * Changes an event.
   *
   * @param number of the event in the day, from 0 on
   */
  abstract void apply(Event event, long number);

  /** The name as an option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
