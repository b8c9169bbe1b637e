package org.clickmill.drivers.catalog;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * CSV (RFC 4180 with line feeds, a header): times and days in ISO form, bytes in Base64, nothing
 * for NULL and quotes around an empty string.
 */
public final class CsvRows extends PrintedRows {
  public CsvRows(PrintWriter out) {
    super(out);
  }

  @Override
  public void begin(List<String> columns) {
    line(Collections.unmodifiableList(columns));
  }

  @Override
  public void write(List<Object> row) {
    line(row);
  }

  @Override
  public void end() {
    out.flush();
  }

  private void line(List<?> values) {
    out.print(values.stream().map(CsvRows::field).collect(Collectors.joining(",")));
    out.print('\n');
  }

  private static String field(Object value) {
    if (value == null) {
      return "";
    }
    var text = text(value);
    boolean isQuoted =
        text.isEmpty()
            || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isQuoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal amount) {
      return amount.toPlainString();
    }
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : value.toString();
  }
}
