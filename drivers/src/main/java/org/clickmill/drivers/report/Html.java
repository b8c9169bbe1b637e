package org.clickmill.drivers.report;

/** Parts of the page in HTML, with everything from data escaped. */
final class Html {
  private Html() {}

  static String escape(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(character);
      }
    }
    return escaped.toString();
  }

  static String table(Table table) {
    if (table.rows().isEmpty()) {
      return "<p class=\"empty\">" + escape(table.caption()) + ": nothing to show.</p>";
    }
    var html = new StringBuilder();
    html.append("<div class=\"table\" tabindex=\"0\"><table id=\"")
        .append(table.name())
        .append("\"><caption>")
        .append(escape(table.caption()))
        .append("</caption>\n<thead><tr>");
    for (var column : table.columns()) {
      html.append("<th scope=\"col\" class=\"")
          .append(kind(column))
          .append("\">")
          .append(escape(column.label()))
          .append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (var row : table.rows()) {
      html.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        html.append(cell(table.columns().get(i), row.get(i), i == 0));
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>").toString();
  }

  /** A table that is opened by a click, for long ones. */
  static String folded(Table table) {
    return "<details><summary>"
        + escape(table.caption())
        + "</summary>"
        + table(table)
        + "</details>";
  }

  /** The place of a chart; nothing if it has no values. */
  static String figure(Chart chart) {
    if (chart.isEmpty()) {
      return "<p class=\"empty\">" + escape(chart.title()) + ": nothing to draw.</p>";
    }
    return "<figure><figcaption>"
        + escape(chart.title())
        + "</figcaption><div class=\"canvas\" style=\"height: "
        + chart.height()
        + "px\"><canvas id=\""
        + chart.id()
        + "\" role=\"img\" aria-label=\""
        + escape(chart.description())
        + "\"></canvas></div></figure>";
  }

  /**
   * A key figure.
   *
   * @param detail a few words below it, or null
   */
  static String tile(String label, String value, String detail) {
    return "<div class=\"tile\"><dl><dt>"
        + escape(label)
        + "</dt><dd>"
        + escape(value)
        + (detail == null ? "" : "<div class=\"detail\">" + escape(detail) + "</div>")
        + "</dd></dl></div>\n";
  }

  private static String cell(Table.Column column, Object value, boolean isHeader) {
    if (value == null) {
      return "<td class=\"none " + kind(column) + "\">–</td>";
    }
    // Category codes are long and may be broken after a point.
    var text = escape(Format.value(column.kind(), value));
    if (column.kind() == Table.Kind.TEXT) {
      text = text.replace(".", ".<wbr>");
    }
    return isHeader
        ? "<th scope=\"row\" class=\"" + kind(column) + "\">" + text + "</th>"
        : "<td class=\"" + kind(column) + "\">" + text + "</td>";
  }

  private static String kind(Table.Column column) {
    return column.kind().isNumber() ? "number" : "text";
  }
}
