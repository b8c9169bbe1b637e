package org.clickmill.drivers.checks;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.util.LineReader;
import org.clickmill.drivers.checks.KeyCounts.KeySink;
import org.clickmill.drivers.diff.RowBytes;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.BadValueException;
import org.clickmill.formats.mapping.CsvFields;
import org.clickmill.formats.parquet.FileTableSchema;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Partition;

/** Reads the keys of a file, row by row. */
final class KeyReader {
  private static final int LONGEST_LINE = 1 << 20;
  private static final int DAY_LENGTH = "YYYY-MM-DD".length();
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final KeySource source;
  private final Configuration configuration;
  private final Path path;

  KeyReader(KeySource source, Configuration configuration) {
    this.source = source;
    this.configuration = configuration;
    this.path = new Path(source.path());
  }

  void read(KeySink sink) throws IOException, InterruptedException {
    if (source.orders() == null) {
      readRows(sink);
    } else {
      readOrders(sink);
    }
  }

  private void readRows(KeySink sink) throws IOException, InterruptedException {
    var fileSystem = path.getFileSystem(configuration);
    var file = new InputFile(source.path(), new Partition("", ""), source.bytes());
    var schema = FileTableSchema.read(fileSystem, file);
    var request = BatchRequest.of(schema, source.columns());
    var keys = new RowBytes(schema, source.columns());
    try (var rows = TableReader.open(fileSystem, path, request, configuration)) {
      while (rows.next()) {
        byte[] key = keys.write(rows);
        sink.add(source.days().get(0), key, 0, key.length, 0);
      }
    }
  }

  private void readOrders(KeySink sink) throws IOException, InterruptedException {
    try (var lines = new LineReader(open())) {
      new OrderLines(lines, sink).read();
    }
  }

  private InputStream open() throws IOException {
    var codec = new CompressionCodecFactory(configuration).getCodec(path);
    var stream = path.getFileSystem(configuration).open(path);
    return codec == null ? stream : codec.createInputStream(stream);
  }

  /** The lines of a file of orders. */
  private final class OrderLines {
    private final LineReader lines;
    private final KeySink sink;
    private final CsvFields fields = new CsvFields((byte) ',');
    private final Text line = new Text();
    private final OrdersFile columns = source.orders();
    private final Set<Long> days = new HashSet<>(source.days());
    private long number;

    OrderLines(LineReader lines, KeySink sink) {
      this.lines = lines;
      this.sink = sink;
    }

    void read() throws IOException, InterruptedException {
      if (!next()) {
        throw invalid("", "it is empty; expected a header");
      }
      var header = new ArrayList<String>();
      int width = split();
      for (int i = 0; i < width; i++) {
        header.add(text(i).replace(BYTE_ORDER_MARK, "").strip());
      }
      int order = column(header, columns.order());
      int day = columns.day() == null ? -1 : column(header, columns.day());
      int amount = columns.amount() == null ? -1 : column(header, columns.amount());
      while (next()) {
        if (line.getLength() == 0) {
          continue;
        }
        if (split() != width) {
          throw invalid("", "a line of other than the " + width + " fields of the header");
        }
        long date = day < 0 ? source.days().get(0) : day(text(day));
        if (days.contains(date)) {
          sink.add(
              date,
              fields.bytes(order),
              fields.start(order),
              fields.length(order),
              amount < 0 ? 0 : amount(text(amount)));
        }
      }
    }

    private boolean next() throws IOException {
      number++;
      int read = lines.readLine(line, LONGEST_LINE);
      if (read > LONGEST_LINE) {
        throw invalid("", "a line of more than 1 MB");
      }
      return read > 0;
    }

    private int split() {
      try {
        return fields.split(line.getBytes(), 0, line.getLength());
      } catch (BadValueException e) {
        throw invalid("", e.getMessage());
      }
    }

    private String text(int field) {
      return new String(
          fields.bytes(field), fields.start(field), fields.length(field), StandardCharsets.UTF_8);
    }

    private int column(List<String> header, String name) {
      int column = header.indexOf(name);
      if (column < 0 || column != header.lastIndexOf(name)) {
        throw invalid(
            name,
            (column < 0 ? "no such column" : "a column that occurs twice")
                + " (there are "
                + String.join(", ", header)
                + ")");
      }
      return column;
    }

    private long day(String text) {
      try {
        return LocalDate.parse(text.substring(0, Math.min(DAY_LENGTH, text.length()))).toEpochDay();
      } catch (DateTimeException e) {
        throw invalid(columns.day(), "'" + text + "' (expected a day as 2019-10-01)");
      }
    }

    private long amount(String text) {
      try {
        return Money.scaled(new BigDecimal(text.strip()));
      } catch (ArithmeticException | IllegalArgumentException e) {
        throw invalid(
            columns.amount(), "'" + text + "' (expected an amount with at most 4 decimals)");
      }
    }

    private ClickmillException invalid(String column, String problem) {
      return ClickmillException.usage(
          "Invalid file of orders %s, line %d%s: %s",
          path, number, column.isEmpty() ? "" : ", column " + column, problem);
    }
  }
}
