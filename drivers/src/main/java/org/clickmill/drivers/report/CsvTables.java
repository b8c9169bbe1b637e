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
 * Writes tables as CSV files (RFC 4180 with line feeds, UTF-8, a header): money and averages in
 * full, shares as parts of 1, days in ISO form, nothing for NULL.
 */
public final class CsvTables {
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
    for (var table : ReportTables.all(report)) {
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

  static void write(Table table, Writer out) throws IOException {
    out.write(table.columns().stream().map(Table.Column::name).collect(Collectors.joining(",")));
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
    var text = value instanceof BigDecimal amount ? amount.toPlainString() : value.toString();
    boolean quoted =
        text.isEmpty()
            || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
