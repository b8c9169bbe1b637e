package org.clickmill.testdata.generate;

import java.io.IOException;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.Event;

/** An Avro file of the Event schema. */
final class AvroFile implements EventFile {
  private final AvroEventWriter writer;
  private final Event event = new Event();

  AvroFile(AvroEventWriter writer) {
    this.writer = writer;
  }

  @Override
  public void write(EventGenerator generator) throws IOException {
    generator.fill(event);
    writer.write(event);
  }

  @Override
  public void finish() throws IOException {
    writer.finish();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
