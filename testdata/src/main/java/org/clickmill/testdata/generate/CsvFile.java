package org.clickmill.testdata.generate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;

/** Comma-separated values under the header of the public files. No value ever needs quotes. */
final class CsvFile implements EventFile {
  private static final byte[] HEADER =
      ("event_time,event_type,product_id,category_id,category_code,brand,price,user_id,"
              + "user_session")
          .getBytes(US_ASCII);

  private final OutputStream out;
  private final LineBuffer line;

  CsvFile(OutputStream out) throws IOException {
    this.out = out;
    line = new LineBuffer(out);
    line.put(HEADER);
    line.endLine();
  }

  @Override
  public void write(EventGenerator generator) throws IOException {
    var event = generator.event();
    line.putTime(event.second);
    line.put(',');
    line.putType(event.type);
    line.put(',');
    line.putNumber(event.product);
    line.put(',');
    putOrNothing(event.categoryId);
    line.put(',');
    putOrNothing(event.categoryCode);
    line.put(',');
    putOrNothing(event.brand);
    line.put(',');
    line.putCents(event.cents);
    line.put(',');
    line.putNumber(event.user);
    line.put(',');
    putOrNothing(event.session);
    line.endLine();
  }

  @Override
  public void finish() throws IOException {
    line.flush();
    out.close();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void putOrNothing(byte[] text) {
    if (text != null) {
      line.put(text);
    }
  }
}
