package org.clickmill.formats.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Blob;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.ColumnIndexBuilder;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.TableSchema.Type;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random tables are read by everybody as they were written, and described as parquet-java does. */
final class RandomTablesTest {
  private static final int COLUMN_INDEX_LENGTH = 64;

  @TempDir java.nio.file.Path folder;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Configuration configuration = new Configuration(false);
  private FileSystem fileSystem;
  private Path path;

  @BeforeEach
  void openFileSystem() throws IOException {
    fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    path = new Path(folder.resolve("table.parquet").toUri());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 200, 3000, 20_000, 20_001, 45_000, 60_000})
  void tableIsReadAsItWasWritten(int rows) throws IOException, SQLException {
    choose("clickmill.parquet.codec", List.of("zstd", "zstd", "snappy", "uncompressed"));
    choose("clickmill.parquet.page-kb", List.of("8", "100", "1024"));
    choose("clickmill.parquet.dictionary-mb", List.of("0", "1", "8"));
    choose("clickmill.parquet.row-group-mb", List.of("1", "3", "64"));
    var table = RandomTable.of(random, rows);
    write(table);
    var expected = table.rows().stream().map(cells -> text(Arrays.asList(cells))).toList();
    assertEqual(byParquetJava(table.schema()), expected);
    assertEqual(byDuckDb(table.schema()), expected);
    assertEqual(byTableReader(), expected);
    checkDescription(table);
  }

  @Test
  void columnsHaveTheEncodingsAndSizesOfParquetJava() throws IOException {
    for (int round = 0; round < 4; round++) {
      var table = RandomTable.of(random, random.nextInt(1, 50_000));
      write(table);
      var reference = new Path(path.getParent(), "reference.parquet");
      ParquetJavaTable.write(reference, table.schema(), table.rows(), 8 << 20);
      try (var ours = open(path);
          var theirs = open(reference)) {
        for (int i = 0; i < table.schema().columns().size(); i++) {
          var our = ours.getRowGroups().get(0).getColumns().get(i);
          var their = theirs.getRowGroups().get(0).getColumns().get(i);
          if (!hasTheSamePages(ours, our, theirs, their)) {
            continue;
          }
          assertThat(our.getEncodings()).as(about(our)).isEqualTo(their.getEncodings());
          for (var encoding : our.getEncodings()) {
            assertThat(our.getEncodingStats().getNumDataPagesEncodedAs(encoding))
                .as(about(our))
                .isEqualTo(their.getEncodingStats().getNumDataPagesEncodedAs(encoding));
          }
          // The headers of pages hold their compressed sizes, which differ a little.
          assertThat(our.getTotalUncompressedSize())
              .as(about(our))
              .isCloseTo(
                  their.getTotalUncompressedSize(),
                  within(3L * (1 + ours.readOffsetIndex(our).getPageCount())));
        }
      }
      fileSystem.delete(path, false);
      fileSystem.delete(reference, false);
    }
  }

  /** Pages that begin with NULLs alone, which we do not take as a reason against a dictionary. */
  private static boolean hasTheSamePages(
      ParquetFileReader ours,
      ColumnChunkMetaData our,
      ParquetFileReader theirs,
      ColumnChunkMetaData their)
      throws IOException {
    var ourPages = ours.readOffsetIndex(our);
    var theirPages = theirs.readOffsetIndex(their);
    boolean beginsWithNulls =
        our.getStatistics().getNumNulls() >= ourPages.getLastRowIndex(0, our.getValueCount()) + 1;
    if (beginsWithNulls || ourPages.getPageCount() != theirPages.getPageCount()) {
      return false;
    }
    for (int page = 0; page < ourPages.getPageCount(); page++) {
      if (ourPages.getFirstRowIndex(page) != theirPages.getFirstRowIndex(page)) {
        return false;
      }
    }
    return true;
  }

  private void choose(String key, List<String> values) {
    configuration.set(key, values.get(random.nextInt(values.size())));
  }

  private String about(Object subject) {
    return "seed " + seed + ", " + configuration.getPropsWithPrefix("clickmill") + ", " + subject;
  }

  private void write(RandomTable table) throws IOException {
    var row = new Row(table.schema());
    try (var writer =
        ParquetTableWriter.open(fileSystem, path, table.schema(), configuration, Map.of())) {
      for (var cells : table.rows()) {
        table.fill(row, cells);
        writer.write(row);
      }
      writer.finish();
    }
  }

  private void assertEqual(List<String> found, List<String> expected) {
    assertThat(found).as(about("rows")).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      if (!found.get(i).equals(expected.get(i))) {
        assertThat(found.get(i)).as(about("row " + i)).isEqualTo(expected.get(i));
      }
    }
  }

  private List<String> byParquetJava(TableSchema schema) throws IOException {
    return ParquetFiles.read(path).stream().map(group -> text(cells(schema, group))).toList();
  }

  private static List<Object> cells(TableSchema schema, Group group) {
    var cells = new ArrayList<Object>();
    for (int i = 0; i < schema.columns().size(); i++) {
      if (group.getFieldRepetitionCount(i) == 0) {
        cells.add(null);
        continue;
      }
      cells.add(
          switch (schema.columns().get(i).type()) {
            case INT, DATE -> group.getInteger(i, 0);
            case LONG, MONEY -> group.getLong(i, 0);
            case TIME -> group.getLong(i, 0) / 1000;
            case DOUBLE -> group.getDouble(i, 0);
            case FLOAT -> (double) group.getFloat(i, 0);
            case BOOLEAN -> group.getBoolean(i, 0);
            case STRING -> group.getString(i, 0);
            case BINARY -> group.getBinary(i, 0).getBytes();
          });
    }
    return cells;
  }

  private List<String> byDuckDb(TableSchema schema) throws SQLException {
    var columns =
        schema.columns().stream()
            .map(
                column ->
                    switch (column.type()) {
                      case TIME -> "epoch_ms(" + column.name() + ")";
                      case DATE -> column.name() + " - DATE '1970-01-01'";
                      default -> column.name();
                    })
            .collect(Collectors.joining(", "));
    var query =
        String.format(
            Locale.ROOT, "SELECT %s FROM read_parquet('%s')", columns, path.toUri().getPath());
    var found = new ArrayList<String>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var results = statement.executeQuery(query)) {
      while (results.next()) {
        var cells = new ArrayList<Object>();
        for (int i = 1; i <= schema.columns().size(); i++) {
          cells.add(results.getObject(i));
        }
        found.add(text(cells));
      }
    }
    return found;
  }

  private List<String> byTableReader() throws IOException {
    var found = new ArrayList<String>();
    try (var rows = TableReader.open(fileSystem, path, configuration)) {
      while (rows.next()) {
        found.add(text(rows.columns().stream().map(c -> rows.value(c.name())).toList()));
      }
    }
    return found;
  }

  private static String text(List<Object> cells) {
    return cells.stream().map(RandomTablesTest::text).collect(Collectors.joining("|"));
  }

  private static String text(Object cell) {
    try {
      if (cell instanceof Blob blob) {
        return HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    if (cell instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (cell instanceof Float number) {
      return Double.toString(number);
    } else if (cell instanceof BigDecimal amount) {
      return Long.toString(Money.scaled(amount));
    } else if (cell instanceof Instant time) {
      return Long.toString(time.toEpochMilli());
    } else if (cell instanceof LocalDate day) {
      return Long.toString(day.toEpochDay());
    }
    return String.valueOf(cell);
  }

  /** Compares each row group with a file of its rows that parquet-java has written. */
  private void checkDescription(RandomTable table) throws IOException {
    try (var reader = open(path)) {
      int start = 0;
      for (var group : reader.getRowGroups()) {
        int end = start + (int) group.getRowCount();
        checkDescription(reader, group, table.schema(), table.rows().subList(start, end));
        start = end;
      }
      assertThat(start).as(about("rows of row groups")).isEqualTo(table.rows().size());
    }
  }

  private void checkDescription(
      ParquetFileReader reader, BlockMetaData group, TableSchema schema, List<Object[]> rows)
      throws IOException {
    var file = new Path(path.getParent(), "group.parquet");
    ParquetJavaTable.write(file, schema, rows, 8 << 20);
    try (var reference = open(file)) {
      assertThat(reader.getFileMetaData().getSchema())
          .isEqualTo(reference.getFileMetaData().getSchema());
      assertThat(reader.getFileMetaData().getCreatedBy())
          .isEqualTo(reference.getFileMetaData().getCreatedBy());
      for (int i = 0; i < schema.columns().size(); i++) {
        var our = group.getColumns().get(i);
        var their = reference.getRowGroups().get(0).getColumns().get(i);
        assertThat(our.getStatistics()).as(about(our)).isEqualTo(their.getStatistics());
        assertThat(our.getValueCount()).as(about(our)).isEqualTo(their.getValueCount());
        assertThat(our.getSizeStatistics().getUnencodedByteArrayDataBytes())
            .as(about(our))
            .isEqualTo(their.getSizeStatistics().getUnencodedByteArrayDataBytes());
        var type = schema.columns().get(i).type();
        checkPages(our, reader.readOffsetIndex(our), reader.readColumnIndex(our), type, i, rows);
      }
    }
    fileSystem.delete(file, false);
  }

  private void checkPages(
      ColumnChunkMetaData column,
      OffsetIndex pages,
      ColumnIndex found,
      Type type,
      int ordinal,
      List<Object[]> rows) {
    var builder = ColumnIndexBuilder.getBuilder(column.getPrimitiveType(), COLUMN_INDEX_LENGTH);
    for (int page = 0; page < pages.getPageCount(); page++) {
      int first = (int) pages.getFirstRowIndex(page);
      int last = (int) pages.getLastRowIndex(page, rows.size());
      assertThat(last - first).as(about(column)).isBetween(0, PageEncoder.MAX_ROWS - 1);
      builder.add(
          statistics(column.getPrimitiveType(), type, ordinal, rows.subList(first, last + 1)));
    }
    assertThat(text(found)).as(about(column)).isEqualTo(text(builder.build()));
  }

  private static Statistics<?> statistics(
      PrimitiveType parquet, Type type, int ordinal, List<Object[]> rows) {
    var statistics = Statistics.createStats(parquet);
    for (var cells : rows) {
      var cell = cells[ordinal];
      if (cell == null) {
        statistics.incrementNumNulls();
        continue;
      }
      switch (type) {
        case INT, DATE -> statistics.updateStats(((Long) cell).intValue());
        case LONG, MONEY -> statistics.updateStats((Long) cell);
        case TIME -> statistics.updateStats(1000 * (Long) cell);
        case DOUBLE -> statistics.updateStats((Double) cell);
        case FLOAT -> statistics.updateStats(((Double) cell).floatValue());
        case BOOLEAN -> statistics.updateStats((Boolean) cell);
        case STRING -> statistics.updateStats(Binary.fromString((String) cell));
        case BINARY -> statistics.updateStats(Binary.fromConstantByteArray((byte[]) cell));
      }
    }
    return statistics;
  }

  private static String text(ColumnIndex index) {
    return index == null
        ? "none"
        : index.getBoundaryOrder()
            + " "
            + index.getNullCounts()
            + index.getNullPages()
            + hex(index.getMinValues())
            + hex(index.getMaxValues());
  }

  private static List<String> hex(List<ByteBuffer> values) {
    return values.stream()
        .map(
            value -> {
              byte[] bytes = new byte[value.remaining()];
              value.duplicate().get(bytes);
              return HexFormat.of().formatHex(bytes);
            })
        .toList();
  }

  private static ParquetFileReader open(Path file) throws IOException {
    return ParquetFileReader.open(HadoopInputFile.fromPath(file, new Configuration()));
  }
}
