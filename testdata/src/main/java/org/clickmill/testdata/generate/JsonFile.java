package org.clickmill.testdata.generate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;

/**
 * One JSON object a line, with the public files' columns as keys. Ids are strings, the price is a
 * number, a missing text is null. No text ever needs escapes.
 */
final class JsonFile implements EventFile {
  private static final byte[] EVENT_TIME = "{\"event_time\":\"".getBytes(US_ASCII);
  private static final byte[] EVENT_TYPE = "\",\"event_type\":\"".getBytes(US_ASCII);
  private static final byte[] PRODUCT_ID = "\",\"product_id\":\"".getBytes(US_ASCII);
  private static final byte[] CATEGORY_ID = "\",\"category_id\":".getBytes(US_ASCII);
  private static final byte[] CATEGORY_CODE = ",\"category_code\":".getBytes(US_ASCII);
  private static final byte[] BRAND = ",\"brand\":".getBytes(US_ASCII);
  private static final byte[] PRICE = ",\"price\":".getBytes(US_ASCII);
  private static final byte[] USER_ID = ",\"user_id\":\"".getBytes(US_ASCII);
  private static final byte[] USER_SESSION = "\",\"user_session\":".getBytes(US_ASCII);
  private static final byte[] NULL = "null".getBytes(US_ASCII);

  private final OutputStream out;
  private final LineBuffer line;

  JsonFile(OutputStream out) {
    this.out = out;
    line = new LineBuffer(out);
  }

  @Override
  public void write(EventGenerator generator) throws IOException {
    var event = generator.event();
    line.put(EVENT_TIME);
    line.putTime(event.second);
    line.put(EVENT_TYPE);
    line.putType(event.type);
    line.put(PRODUCT_ID);
    line.putNumber(event.product);
    line.put(CATEGORY_ID);
    putOrNull(event.categoryId);
    line.put(CATEGORY_CODE);
    putOrNull(event.categoryCode);
    line.put(BRAND);
    putOrNull(event.brand);
    line.put(PRICE);
    line.putCents(event.cents);
    line.put(USER_ID);
    line.putNumber(event.user);
    line.put(USER_SESSION);
    putOrNull(event.session);
    line.put('}');
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

  private void putOrNull(byte[] text) {
    if (text == null) {
      line.put(NULL);
      return;
    }
    line.put('"');
    line.put(text);
    line.put('"');
  }
}
