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
      return empty(table.caption());
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
      return empty(chart.title());
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

  /** What stands in place of a chart or table without values. */
  static String empty(String label) {
    return "<p class=\"empty\">" + escape(label) + ": no data.</p>";
  }

  static String warning(String label, String text) {
    return "<p><strong class=\"warning\">" + escape(label) + "</strong> " + escape(text) + "</p>\n";
  }

  /**
   * A part of the page under a heading.
   *
   * @param note a text below the heading
   * @param body HTML
   */
  static String section(String id, String heading, String note, String body) {
    return "<section aria-labelledby=\""
        + id
        + "-heading\">\n<h2 id=\""
        + id
        + "-heading\">"
        + escape(heading)
        + "</h2>\n<p class=\"note\">"
        + escape(note)
        + "</p>\n"
        + body
        + "\n</section>\n";
  }

  static String tiles(String tiles) {
    return "<div class=\"tiles\">\n" + tiles + "</div>\n";
  }

  /** Parts of equal width side by side, where the window is wide enough. */
  static String pair(String... parts) {
    return "<div class=\"pair\">\n" + String.join("\n", parts) + "\n</div>\n";
  }

  /** A chart and its table. */
  static String beside(String figure, String table) {
    return "<div class=\"beside\">\n" + figure + "\n" + table + "\n</div>\n";
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
