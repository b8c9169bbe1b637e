package org.clickmill.drivers.cli;

import org.clickmill.formats.event.Event;
import org.clickmill.jobs.load.EventSupply;
import org.clickmill.testdata.generate.EventGenerator;
import org.clickmill.testdata.generate.GeneratorOptions;

/** Made-up events of a shop, in the order of time. */
final class GeneratedEvents implements EventSupply {
  private final EventGenerator generator;
  private final Event event = new Event();

  GeneratedEvents(GeneratorOptions options) {
    generator = new EventGenerator(options);
  }

  @Override
  public boolean next() {
    if (!generator.next()) {
      return false;
    }
    generator.fill(event);
    return true;
  }

  @Override
  public Event event() {
    return event;
  }
}
