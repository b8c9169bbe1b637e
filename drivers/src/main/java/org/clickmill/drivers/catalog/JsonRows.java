package org.clickmill.drivers.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;

/**
 * An array of JSON objects, one on a line: money as numbers with all their digits, times and days
 * as strings in ISO form, bytes in Base64, NaN and infinities as strings.
 */
public final class JsonRows extends PrintedRows {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private List<String> columns = List.of();
  private boolean isFirst = true;

  public JsonRows(PrintWriter out) {
    super(out);
  }

  @Override
  public void begin(List<String> names) {
    columns = List.copyOf(names);
    out.print("[");
  }

  @Override
  public void write(List<Object> row) throws IOException {
    out.print(isFirst ? "\n" : ",\n");
    isFirst = false;
    try (var json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      for (int i = 0; i < columns.size(); i++) {
        json.writeFieldName(columns.get(i));
        write(json, row.get(i));
      }
      json.writeEndObject();
    }
  }

  @Override
  public void end() {
    out.print("\n]\n");
    out.flush();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof BigDecimal amount) {
      json.writeNumber(amount);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      json.writeNumber(number);
    } else if (value instanceof Float number && Float.isFinite(number)) {
      json.writeNumber(number);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof byte[] bytes) {
      json.writeBinary(bytes);
    } else {
      json.writeString(value.toString());
    }
  }
}
