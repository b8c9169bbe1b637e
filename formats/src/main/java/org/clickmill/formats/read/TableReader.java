package org.clickmill.formats.read;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.parquet.FileTableSchema;
import org.clickmill.formats.table.BatchReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.DoubleColumn;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.LongColumn;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.formats.warehouse.Partition;

/**
 * Goes through the rows of a Parquet table one by one, for drivers and tests. The columns are those
 * of the file; asking for one that it does not have is an IllegalArgumentException, and so is
 * asking for a value as what it is not.
 */
public final class TableReader implements Closeable {
  private static final Partition NO_PARTITION = new Partition("", "");

  private final FileSystem fileSystem;
  private final Configuration configuration;
  private final Iterator<FileStatus> files;

  /** What is wanted of the files; null for all that each of them has. */
  private final BatchRequest request;

  private final Map<String, LongColumn> longs = new HashMap<>();
  private final Map<String, DoubleColumn> doubles = new HashMap<>();
  private final Map<String, StringColumn> strings = new HashMap<>();
  private BatchReader reader;
  private TableSchema schema;
  private int rows;
  private int row = -1;

  private TableReader(
      FileSystem fileSystem,
      Configuration configuration,
      Iterator<FileStatus> files,
      BatchRequest request) {
    this.fileSystem = fileSystem;
    this.configuration = configuration;
    this.files = files;
    this.request = request;
  }

  /**
   * Opens a file, or all data files of a partition's folder in the order of their names.
   *
   * @throws ClickmillException if there is no such file or it cannot be read
   */
  public static TableReader open(FileSystem fileSystem, Path path, Configuration configuration)
      throws IOException {
    return open(fileSystem, path, null, configuration);
  }

  /**
   * As {@link #open(FileSystem, Path, Configuration)}, for the columns that a request names,
   * whatever the files have besides; one that a file does not have yet is filled with its default.
   * Files may be Avro, too.
   */
  public static TableReader open(
      FileSystem fileSystem, Path path, BatchRequest request, Configuration configuration)
      throws IOException {
    try {
      var files =
          Arrays.stream(fileSystem.listStatus(path))
              .filter(status -> status.isFile() && isData(status.getPath().getName()))
              .sorted()
              .iterator();
      return new TableReader(fileSystem, configuration, files, request);
    } catch (FileNotFoundException e) {
      throw ClickmillException.failed("Missing table or file of one: %s", path, e);
    }
  }

  /** Moves to the next row. */
  public boolean next() throws IOException {
    row++;
    while (row >= rows) {
      if (!nextBatch()) {
        return false;
      }
    }
    return true;
  }

  /** The columns of the file that the row is in, or of the table that is asked for. */
  public List<TableSchema.Column> columns() {
    return schema.columns();
  }

  public boolean isNull(String column) {
    var type = type(column);
    if (type.isBytes()) {
      return strings(column).ids()[row] == StringColumn.NULL;
    }
    return type.isDouble() ? doubles(column).isNull(row) : longs(column).isNull(row);
  }

  /** A text, or null. */
  public String text(String column) {
    var texts = strings(column);
    return texts.text(texts.ids()[row]);
  }

  /** Bytes, or null. */
  public byte[] bytes(String column) {
    var texts = strings(column);
    int id = texts.ids()[row];
    if (id == StringColumn.NULL) {
      return null;
    }
    int start = texts.offset(id);
    return Arrays.copyOfRange(texts.bytes(), start, start + texts.length(id));
  }

  /** A count, or money scaled by 10^4, a time in milliseconds, a day since the epoch; NULL is 0. */
  public long longValue(String column) {
    return longs(column).values()[row];
  }

  /** A floating-point number; NULL is NaN. */
  public double doubleValue(String column) {
    var numbers = doubles(column);
    return numbers.isNull(row) ? Double.NaN : numbers.values()[row];
  }

  /** A boolean; NULL is false. */
  public boolean booleanValue(String column) {
    return longs(column).values()[row] != 0;
  }

  /** An amount of money, or null. */
  public BigDecimal money(String column) {
    return isNull(column) ? null : Money.decimal(longValue(column));
  }

  /** A time, or null. */
  public Instant time(String column) {
    return isNull(column) ? null : Instant.ofEpochMilli(longValue(column));
  }

  /** A day, or null. */
  public LocalDate date(String column) {
    return isNull(column) ? null : LocalDate.ofEpochDay(longValue(column));
  }

  /** The value as an object of its column's kind: a String, Long, Double, BigDecimal and so on. */
  public Object value(String column) {
    if (isNull(column)) {
      return null;
    }
    return switch (type(column)) {
      case INT, LONG -> longValue(column);
      case MONEY -> money(column);
      case TIME -> time(column);
      case DATE -> date(column);
      case BOOLEAN -> booleanValue(column);
      case FLOAT, DOUBLE -> doubleValue(column);
      case STRING -> text(column);
      case BINARY -> bytes(column);
    };
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  private boolean nextBatch() throws IOException {
    longs.clear();
    doubles.clear();
    strings.clear();
    rows = 0;
    row = 0;
    while (reader == null || !reader.next()) {
      close();
      if (!files.hasNext()) {
        return false;
      }
      var status = files.next();
      var file = new InputFile(status.getPath().toString(), NO_PARTITION, status.getLen());
      schema = request == null ? FileTableSchema.read(fileSystem, file) : request.schema();
      var wanted = request == null ? BatchRequest.all(schema) : request;
      reader = BatchFiles.open(fileSystem, file, wanted, configuration);
    }
    rows = reader.batch().size();
    return true;
  }

  private Type type(String column) {
    return schema.columns().get(schema.ordinal(column)).type();
  }

  private StringColumn strings(String column) {
    return strings.computeIfAbsent(column, reader.batch()::strings);
  }

  private LongColumn longs(String column) {
    return longs.computeIfAbsent(column, reader.batch()::longs);
  }

  private DoubleColumn doubles(String column) {
    return doubles.computeIfAbsent(column, reader.batch()::doubles);
  }

  private static boolean isData(String name) {
    return !name.startsWith("_") && !name.startsWith(".");
  }
}
