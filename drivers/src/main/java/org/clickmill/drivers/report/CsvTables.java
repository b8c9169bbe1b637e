package org.clickmill.drivers.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Writes tables as CSV files (RFC 4180 with line feeds, UTF-8, a header): money in full, shares as
 * parts of 1, days in ISO form, nothing for NULL. A text that a spreadsheet would take for a
 * formula begins with an apostrophe.
 */
public final class CsvTables {
  private static final String FORMULA_SIGNS = "=+-@\t\r";

  private final FileSystem fileSystem;
  private final Path folder;

  public CsvTables(FileSystem fileSystem, Path folder) {
    this.fileSystem = fileSystem;
    this.folder = folder;
  }

  /** Writes every table of the report into a file of its name, replacing what is there. */
  public List<Path> write(Report report) throws IOException {
    if (!fileSystem.mkdirs(folder)) {
      throw ClickmillException.failed("Cannot create folder: %s", folder);
    }
    var files = new ArrayList<Path>();
    for (var table : report.tables()) {
      var file = new Path(folder, table.name() + ".csv");
      try (var out =
          new BufferedWriter(
              new OutputStreamWriter(fileSystem.create(file, true), StandardCharsets.UTF_8))) {
        write(table, out);
      }
      files.add(file);
    }
    return files;
  }

  static void write(ReportTable table, Writer out) throws IOException {
    out.write(
        table.columns().stream().map(ReportTable.Column::name).collect(Collectors.joining(",")));
    out.write('\n');
    for (var row : table.rows()) {
      out.write(row.stream().map(CsvTables::field).collect(Collectors.joining(",")));
      out.write('\n');
    }
  }

  private static String field(Object value) {
    if (value == null) {
      return "";
    }
    if (!(value instanceof String)) {
      return value instanceof BigDecimal amount ? amount.toPlainString() : value.toString();
    }
    var text = value.toString();
    if (!text.isEmpty() && FORMULA_SIGNS.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    boolean isQuoted =
        text.isEmpty()
            || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isQuoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
