package org.clickmill.jobs.load;

import java.util.Locale;
import java.util.function.Supplier;

/** How the values of published messages are written. */
public enum PublishFormat {
  /** A JSON object of the fields that have a value, named as the columns of {@code events}. */
  JSON(ValueWriter.JsonWriter::new),
  /** Avro's binary encoding of the Event schema, without any header. */
  AVRO(ValueWriter.AvroWriter::new);

  private final Supplier<ValueWriter> writers;

  PublishFormat(Supplier<ValueWriter> writers) {
    this.writers = writers;
  }

  ValueWriter writer() {
    return writers.get();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
