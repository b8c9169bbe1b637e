package org.clickmill.benchmarks.cluster;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;

/** Writes CSV files for an import with the mapping {@code clickmill}, one an hour. */
final class CsvSink implements EventSink {
  private static final long HOUR_SECONDS = 3600;
  private static final int BUFFER_SIZE = 1 << 16;
  private static final String HEADER =
      "event_time,event_type,product_id,category_id,category_code,brand,price,quantity,"
          + "visitor_id,user_id,user_session,order_id,event_id\n";

  private final FileSystem fileSystem;
  private final Path folder;
  private long hour = -1;
  private BufferedWriter out;

  CsvSink(FileSystem fileSystem, Path folder) {
    this.fileSystem = fileSystem;
    this.folder = folder;
  }

  @Override
  public void write(Event event) throws IOException {
    long eventHour = Math.floorDiv(event.getEventTime().getEpochSecond(), HOUR_SECONDS);
    if (out == null || hour != eventHour) {
      finish();
      hour = eventHour;
      var file = new Path(folder, String.format(Locale.ROOT, "%010d.csv", hour));
      out =
          new BufferedWriter(
              new OutputStreamWriter(fileSystem.create(file, false), StandardCharsets.UTF_8),
              BUFFER_SIZE);
      out.write(HEADER);
    }
    out.append(event.getEventTime().toString()).append(',').append(event.getEventType());
    field(event.getProductId());
    field(event.getCategoryId());
    field(event.getCategoryCode());
    field(event.getBrand());
    field(event.getPrice() == null ? null : Money.decimal(Money.fromAvro(event.getPrice())));
    field(event.getQuantity());
    field(event.getVisitorId());
    field(event.getUserId());
    field(event.getUserSession());
    field(event.getOrderId());
    field(event.getEventId());
    out.write('\n');
  }

  /** No value of a generated event needs quotes. */
  private void field(Object value) throws IOException {
    out.write(',');
    if (value != null) {
      out.write(value.toString());
    }
  }

  @Override
  public void finish() throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
  }

  @Override
  public void close() throws IOException {
    finish();
  }
}
