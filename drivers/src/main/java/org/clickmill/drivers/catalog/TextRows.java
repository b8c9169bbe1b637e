package org.clickmill.drivers.catalog;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table for people: columns as wide as their first thousand values, numbers at the right, long
 * values cut.
 */
public final class TextRows extends PrintedRows {
  private static final int BUFFERED = 1000;
  private static final int WIDEST = 40;
  private static final int SPACE = ' ';
  private static final int TILDE = '~';

  private final List<List<Cell>> buffer = new ArrayList<>();

  /** Set when the buffer has been printed. */
  private int[] widths;

  private record Cell(String text, boolean isNumber) {
    static Cell of(Object value) {
      var text = shown(value);
      boolean isCut = text.codePointCount(0, text.length()) > WIDEST;
      return new Cell(
          isCut ? text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…" : text,
          value instanceof Number);
    }

    int width() {
      return text.codePointCount(0, text.length());
    }
  }

  public TextRows(PrintWriter out) {
    super(out);
  }

  @Override
  public void begin(List<String> columns) {
    buffer.add(columns.stream().map(name -> new Cell(name, false)).toList());
  }

  @Override
  public void write(List<Object> row) {
    var cells = row.stream().map(Cell::of).toList();
    if (widths != null) {
      print(cells);
      return;
    }
    buffer.add(cells);
    if (buffer.size() > BUFFERED) {
      printBuffer();
    }
  }

  @Override
  public void end() {
    if (widths == null) {
      printBuffer();
    }
    out.flush();
  }

  private void printBuffer() {
    widths = new int[buffer.get(0).size()];
    var isNumber = new boolean[widths.length];
    for (var row : buffer) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).width());
        isNumber[i] |= row.get(i).isNumber();
      }
    }
    var title = new ArrayList<Cell>();
    for (int i = 0; i < widths.length; i++) {
      title.add(new Cell(buffer.get(0).get(i).text(), isNumber[i]));
    }
    print(title);
    buffer.subList(1, buffer.size()).forEach(this::print);
    buffer.clear();
  }

  private void print(List<Cell> cells) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      var cell = cells.get(i);
      var padding = " ".repeat(Math.max(0, widths[i] - cell.width()));
      line.append(i == 0 ? "" : "  ")
          .append(cell.isNumber() ? padding + cell.text() : cell.text() + padding);
    }
    out.println(line.toString().stripTrailing());
  }

  private static String shown(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof BigDecimal amount) {
      return amount.toPlainString();
    }
    var text =
        value instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.ISO_8859_1)
            : value.toString();
    return value instanceof byte[] ? escaped(text) : withoutControls(text);
  }

  /** Bytes, those that are no printable ASCII as \xNN. */
  private static String escaped(String bytes) {
    var text = new StringBuilder();
    bytes
        .chars()
        .limit(WIDEST + 1)
        .forEach(
            c -> {
              if (c >= SPACE && c <= TILDE && c != '\\') {
                text.append((char) c);
              } else {
                text.append(String.format(Locale.ROOT, "\\x%02X", c));
              }
            });
    return text.toString();
  }

  private static String withoutControls(String text) {
    return text.codePoints().anyMatch(Character::isISOControl)
        ? text.replaceAll("\\p{Cntrl}", "�")
        : text;
  }
}
