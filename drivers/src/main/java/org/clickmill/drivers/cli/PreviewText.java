package org.clickmill.drivers.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.clickmill.jobs.ingest.ImportPreview.Preview;
import org.clickmill.jobs.ingest.ImportPreview.Row;

/** A preview for people: a table of the events, with the rejects at their places among them. */
final class PreviewText {
  private static final String RECORD = "record";
  private static final String GAP = "  ";
  private static final int LONGEST_VALUE = 40;

  private final Preview preview;
  private final List<String> lines = new ArrayList<>();
  private final int[] widths;
  private final boolean[] areNumbers;

  private PreviewText(Preview preview) {
    this.preview = preview;
    widths = new int[preview.fields().size()];
    areNumbers = new boolean[widths.length];
    for (int i = 0; i < widths.length; i++) {
      var field = preview.fields().get(i);
      widths[i] = field.length();
      for (var row : preview.rows()) {
        if (row.event() != null) {
          var value = row.event().get(field);
          widths[i] = Math.max(widths[i], length(shown(value)));
          areNumbers[i] |= value instanceof Number;
        }
      }
    }
  }

  static String of(Preview preview) {
    return new PreviewText(preview).text();
  }

  private String text() {
    var names = new ArrayList<String>(preview.fields());
    lines.add(line(RECORD, names));
    String file = null;
    for (var row : preview.rows()) {
      if (!row.file().equals(file)) {
        file = row.file();
        lines.add(shown(file, Integer.MAX_VALUE));
      }
      lines.add(line(row));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d records read%s = %,d events + %,d rejected%s; %,d prices rounded; %,d of %,d files"
                + " looked at. Nothing was imported.",
            preview.read(),
            ImportCommand.counted(" + %,d more of several in a record", preview.added()),
            preview.events(),
            preview.rejected(),
            ImportCommand.counted(" + %,d filtered", preview.filtered())
                + ImportCommand.counted(" + %,d forgotten", preview.forgotten()),
            preview.rounded(),
            preview.filesLookedAt(),
            preview.files()));
    return String.join(System.lineSeparator(), lines);
  }

  private String line(Row row) {
    var number = Long.toString(row.record());
    if (row.event() == null) {
      return padded(number, RECORD.length(), true)
          + GAP
          + "rejected: "
          + shown(row.reason(), Integer.MAX_VALUE);
    }
    return line(
        number, preview.fields().stream().map(field -> shown(row.event().get(field))).toList());
  }

  private String line(String record, List<String> values) {
    var line = new StringBuilder(padded(record, RECORD.length(), true));
    for (int i = 0; i < widths.length; i++) {
      line.append(GAP).append(padded(values.get(i), widths[i], areNumbers[i]));
    }
    return line.toString().stripTrailing();
  }

  private static String padded(String text, int width, boolean isRight) {
    var blanks = " ".repeat(Math.max(0, width - length(text)));
    return isRight ? blanks + text : text + blanks;
  }

  private static String shown(Object value) {
    return value == null ? "" : shown(value.toString(), LONGEST_VALUE);
  }

  /** One printable line. */
  private static String shown(String text, int longest) {
    var shown = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
        .forEach(shown::appendCodePoint);
    return length(text) > longest ? shown + "…" : shown.toString();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
