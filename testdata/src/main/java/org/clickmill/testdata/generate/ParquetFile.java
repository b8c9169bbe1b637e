package org.clickmill.testdata.generate;

import java.io.IOException;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.Row;

/** A Parquet file of the Event schema. */
final class ParquetFile implements EventFile {
  private final ParquetTableWriter writer;
  private final Event event = new Event();
  private final EventKey key = new EventKey();
  private final Row row = new Row(EventRows.SCHEMA);

  ParquetFile(ParquetTableWriter writer) {
    this.writer = writer;
  }

  @Override
  public void write(EventGenerator generator) throws IOException {
    generator.fill(event);
    EventRows.fill(row, event);
    key.encode(event);
    writer.write(row, key.bytes(), 0, key.contentLength());
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
