package org.clickmill.benchmarks.kernels;

import java.io.IOException;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.mapping.SourcePart;
import org.clickmill.formats.mapping.SourceReader;

/** A number that two decoders agree on if they decode the same, and that costs next to nothing. */
final class EventSum {
  private static final int FACTOR = 31;

  private EventSum() {}

  /** The sum of a whole file of events, none of which is a reject, as import decodes them. */
  static long of(DayFile day, Path file, Mapping mapping) throws IOException {
    long sum = 0;
    var part = SourcePart.whole(day.fileSystem(), file, file.getName());
    try (var reader = SourceReader.open(part, mapping, day.configuration)) {
      while (reader.next()) {
        sum += of(reader.event());
      }
    }
    return sum;
  }

  static long of(Event event) {
    long sum = event.getEventTime().toEpochMilli();
    sum = FACTOR * sum + (event.getPrice() == null ? 0 : Money.fromAvro(event.getPrice()));
    sum = FACTOR * sum + of(event.getEventType());
    sum = FACTOR * sum + of(event.getProductId());
    sum = FACTOR * sum + of(event.getCategoryId());
    sum = FACTOR * sum + of(event.getCategoryCode());
    sum = FACTOR * sum + of(event.getBrand());
    sum = FACTOR * sum + of(event.getUserId());
    return FACTOR * sum + of(event.getUserSession());
  }

  private static int of(Utf8 text) {
    if (text == null) {
      return -1;
    }
    int length = text.getByteLength();
    return FACTOR * length + text.getBytes()[0] + text.getBytes()[length - 1];
  }

  static void requireEqual(long ours, long theirs) {
    if (ours != theirs) {
      throw new IllegalStateException("The decoders differ: " + ours + ", " + theirs);
    }
  }
}
