package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.time.ZoneOffset;
import org.clickmill.formats.event.Event;
import org.clickmill.testdata.generate.EventGenerator;
import org.clickmill.testdata.generate.GeneratorOptions;

/** The events of a day, or of several, in a shape; the same each time. */
record GeneratedDay(GeneratorOptions options, Shape shape) {
  /** When it begins, in seconds since the epoch. */
  long firstSecond() {
    return options.from().atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }

  /** Writes all events, and closes the sink. */
  void writeTo(EventSink sink) throws IOException {
    try (sink) {
      var generator = new EventGenerator(options);
      var event = new Event();
      for (long number = 0; generator.next(); number++) {
        generator.fill(event);
        shape.apply(event, number);
        sink.write(event);
      }
      sink.finish();
    }
  }
}
