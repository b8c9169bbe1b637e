package org.clickmill.formats.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.WrittenFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParquetTableWriterTest {
  private static final TableSchema SCHEMA = TableSchema.load(TableSchema.class, "every_type.avsc");
  private static final Instant TIME = Instant.parse("2019-10-01T23:59:59.123Z");
  private static final LocalDate DATE = LocalDate.of(1969, 12, 30);

  @TempDir java.nio.file.Path folder;

  private final Configuration configuration = new Configuration(false);
  private final Row row = new Row(SCHEMA);
  private FileSystem fileSystem;
  private Path path;

  @BeforeEach
  void openFileSystem() throws IOException {
    fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    path = new Path(folder.resolve("part-00000.parquet").toUri());
  }

  @Test
  void parquetReadsWhatWasWritten() throws IOException {
    writeFullAndEmptyRow();
    var groups = ParquetFiles.read(path);
    assertThat(groups).hasSize(2);
    var full = groups.get(0);
    assertThat(full.getInteger("an_int", 0)).isEqualTo(-7);
    assertThat(full.getLong("a_long", 0)).isEqualTo(Long.MAX_VALUE);
    assertThat(full.getDouble("a_double", 0)).isEqualTo(0.1);
    assertThat(full.getFloat("a_float", 0)).isEqualTo(0.1f);
    assertThat(full.getBoolean("a_boolean", 0)).isTrue();
    assertThat(full.getString("a_text", 0)).isEqualTo("Wörter");
    assertThat(full.getBinary("some_bytes", 0).getBytes()).isEqualTo(new byte[] {0, -1, 1});
    assertThat(full.getLong("some_money", 0)).isEqualTo(-999_999_999_999_999_999L);
    assertThat(full.getLong("a_time", 0)).isEqualTo(1000 * TIME.toEpochMilli());
    assertThat(full.getInteger("a_date", 0)).isEqualTo(-2);
    var empty = groups.get(1);
    assertThat(empty.getInteger("an_int", 0)).isZero();
    for (int i = 1; i < SCHEMA.columns().size(); i++) {
      assertThat(empty.getFieldRepetitionCount(i)).isZero();
    }
  }

  @Test
  void duckDbReadsWhatWasWritten() throws IOException, SQLException {
    writeFullAndEmptyRow();
    var query =
        String.format(
            Locale.ROOT,
            "select *, epoch_ms(a_time), typeof(some_money), typeof(a_time), typeof(a_date),"
                + " typeof(a_text), typeof(some_bytes), typeof(an_int), typeof(a_long)"
                + " from read_parquet('%s') order by an_int",
            path.toUri().getPath());
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var results = statement.executeQuery(query)) {
      assertThat(results.next()).isTrue();
      assertThat(results.getInt("an_int")).isEqualTo(-7);
      assertThat(results.getLong("a_long")).isEqualTo(Long.MAX_VALUE);
      assertThat(results.getDouble("a_double")).isEqualTo(0.1);
      assertThat(results.getFloat("a_float")).isEqualTo(0.1f);
      assertThat(results.getBoolean("a_boolean")).isTrue();
      assertThat(results.getString("a_text")).isEqualTo("Wörter");
      assertThat(results.getBigDecimal("some_money"))
          .isEqualTo(new BigDecimal("-99999999999999.9999"));
      assertThat(results.getLong(11)).isEqualTo(TIME.toEpochMilli());
      assertThat(results.getObject("a_date", LocalDate.class)).isEqualTo(DATE);
      var types = new ArrayList<String>();
      for (int i = 12; i <= 18; i++) {
        types.add(results.getString(i));
      }
      assertThat(types)
          .containsExactly(
              "DECIMAL(18,4)",
              "TIMESTAMP WITH TIME ZONE",
              "DATE",
              "VARCHAR",
              "BLOB",
              "INTEGER",
              "BIGINT");
      assertThat(results.next()).isTrue();
      for (int i = 2; i <= 11; i++) {
        assertThat(results.getObject(i)).isNull();
      }
      assertThat(results.next()).isFalse();
    }
  }

  @Test
  void resultDescribesTheFile() throws IOException {
    var written = writeFullAndEmptyRow();
    byte[] bytes = Files.readAllBytes(folder.resolve("part-00000.parquet"));
    var checksum = new CRC32C();
    checksum.update(bytes);
    assertThat(written.file().name()).isEqualTo("part-00000.parquet");
    assertThat(written.file().bytes()).isEqualTo(bytes.length);
    assertThat(written.file().records()).isEqualTo(2);
    assertThat(written.file().checksum())
        .isEqualTo(String.format(Locale.ROOT, "crc32c:%08x", checksum.getValue()));
    assertThat(written.fingerprint().rows()).isEqualTo(2);
  }

  @Test
  void fingerprintDoesNotDependOnTheOrderOfRows() throws IOException {
    var forward = writeTexts(List.of("a", "b", "c"), "forward.parquet");
    var backward = writeTexts(List.of("c", "b", "a"), "backward.parquet");
    var other = writeTexts(List.of("a", "b", "b"), "other.parquet");
    assertThat(forward.fingerprint()).isEqualTo(backward.fingerprint());
    assertThat(forward.fingerprint()).isNotEqualTo(other.fingerprint());
  }

  @Test
  void sameRowsGiveTheSameBytes() throws IOException {
    var first = writeTexts(List.of("a", "b", "c"), "first.parquet");
    var second = writeTexts(List.of("a", "b", "c"), "second.parquet");
    assertThat(first.file().checksum()).isEqualTo(second.file().checksum());
  }

  @Test
  void tableWithoutRowsIsAReadableFile() throws IOException {
    var written = writeTexts(List.of(), "empty.parquet");
    assertThat(written.file().records()).isZero();
    assertThat(ParquetFiles.read(new Path(path.getParent(), "empty.parquet"))).isEmpty();
  }

  @Test
  void columnsAreZstdWithDictionaryAndPageStatistics() throws IOException {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 50_000; i++) {
      texts.add("text " + i % 100);
    }
    try (var writer = open(path.getName(), Map.of("answer", "42"))) {
      for (int i = 0; i < texts.size(); i++) {
        row.setLong(0, i);
        row.setText(5, texts.get(i));
        writer.write(row);
      }
      writer.finish();
    }
    var file = HadoopInputFile.fromPath(path, configuration);
    try (var reader = ParquetFileReader.open(file)) {
      var footer = reader.getFooter();
      assertThat(footer.getFileMetaData().getKeyValueMetaData()).containsEntry("answer", "42");
      var column = footer.getBlocks().get(0).getColumns().get(5);
      assertThat(column.getCodec()).isEqualTo(CompressionCodecName.ZSTD);
      assertThat(column.hasDictionaryPage()).isTrue();
      var offsets = reader.readOffsetIndex(column);
      assertThat(offsets.getPageCount()).isGreaterThan(1);
      assertThat(reader.readColumnIndex(column).getNullCounts()).containsOnly(0L);
    }
  }

  @Test
  void rowGroupOfEqualRowsTakesAReaderNoMoreThanFourTimesItsSize() throws IOException {
    configuration.setInt("clickmill.parquet.row-group-mb", 1);
    try (var writer = open(path.getName(), Map.of())) {
      for (int i = 0; i < 100_000; i++) {
        row.setLong(0, 1);
        row.setText(5, "the same");
        writer.write(row);
      }
      writer.finish();
    }
    int rows = (4 << 20) / (Long.BYTES * SCHEMA.columns().size());
    try (var reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
      assertThat(reader.getRowGroups())
          .extracting(BlockMetaData::getRowCount)
          .containsExactly((long) rows, 100_000L - rows);
    }
  }

  @Test
  void columnThatOutgrowsItsDictionaryGoesOnInPlain() throws IOException {
    configuration.set("clickmill.parquet.dictionary-mb", "1");
    int rows = 300_000;
    try (var writer = open(path.getName(), Map.of())) {
      for (int i = 0; i < rows; i++) {
        row.setLong(0, 1);
        row.setLong(1, i / 2);
        row.setText(5, "a text of some length " + i / 4);
        writer.write(row);
      }
      writer.finish();
    }
    try (var reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
      assertThat(reader.getRowGroups()).hasSize(1);
      for (int ordinal : new int[] {1, 5}) {
        var column = reader.getRowGroups().get(0).getColumns().get(ordinal);
        assertThat(column.getEncodings()).contains(Encoding.PLAIN_DICTIONARY, Encoding.PLAIN);
        assertThat(column.getEncodingStats().getNumDataPagesEncodedAs(Encoding.PLAIN)).isPositive();
      }
    }
    var groups = ParquetFiles.read(path);
    assertThat(groups).hasSize(rows);
    for (int i = 0; i < rows; i += 7) {
      assertThat(groups.get(i).getLong("a_long", 0)).isEqualTo(i / 2);
      assertThat(groups.get(i).getString("a_text", 0)).isEqualTo("a text of some length " + i / 4);
    }
  }

  @Test
  void columnThatBeginsWithNullsHasADictionaryAllTheSame() throws IOException {
    try (var writer = open(path.getName(), Map.of())) {
      for (int i = 0; i < 50_000; i++) {
        row.setLong(0, 1);
        row.setText(5, i < 25_000 ? null : "text " + i % 3);
        writer.write(row);
      }
      writer.finish();
    }
    try (var reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
      assertThat(reader.getRowGroups().get(0).getColumns().get(5).hasDictionaryPage()).isTrue();
    }
    var groups = ParquetFiles.read(path);
    assertThat(groups.get(24_999).getFieldRepetitionCount("a_text")).isZero();
    assertThat(groups.get(49_999).getString("a_text", 0)).isEqualTo("text 1");
  }

  @Test
  void rowThatIsRefusedLeavesNothingBehind() throws IOException {
    WrittenFile written;
    try (var writer = open(path.getName(), Map.of())) {
      row.setText(5, "refused");
      assertThatThrownBy(() -> writer.write(row)).isInstanceOf(ClickmillException.class);
      row.clear();
      row.setLong(0, 1);
      writer.write(row);
      written = writer.finish();
    }
    assertThat(written.fingerprint().rows()).isEqualTo(1);
    var groups = ParquetFiles.read(path);
    assertThat(groups).hasSize(1);
    assertThat(groups.get(0).getFieldRepetitionCount("a_text")).isZero();
  }

  @Test
  void rowGroupsKeepToTheirSize() throws IOException {
    configuration.set("clickmill.parquet.row-group-mb", "1");
    try (var writer = open(path.getName(), Map.of())) {
      for (int i = 0; i < 400_000; i++) {
        row.setLong(0, i);
        row.setLong(1, i * 0x9E3779B97F4A7C15L);
        writer.write(row);
      }
      writer.finish();
    }
    try (var reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
      assertThat(reader.getRowGroups()).hasSizeGreaterThan(2);
      assertThat(reader.getRowGroups())
          .allSatisfy(group -> assertThat(group.getCompressedSize()).isLessThan(3L << 19));
    }
  }

  @Test
  void missingValueIsNamed() throws IOException {
    try (var writer = open(path.getName(), Map.of())) {
      assertThatThrownBy(() -> writer.write(row))
          .isInstanceOf(ClickmillException.class)
          .hasMessage("Missing value: column an_int of table EveryType is never NULL");
    }
    assertThat(fileSystem.exists(path)).isFalse();
  }

  @Test
  void fileThatIsNotFinishedIsDeleted() throws IOException {
    try (var writer = open(path.getName(), Map.of())) {
      row.setLong(0, 1);
      writer.write(row);
    }
    assertThat(fileSystem.exists(path)).isFalse();
  }

  @Test
  void fileThatExistsIsNotOverwritten() throws IOException {
    Files.write(folder.resolve("part-00000.parquet"), "precious".getBytes(UTF_8));
    assertThatThrownBy(() -> open(path.getName(), Map.of())).isInstanceOf(IOException.class);
    assertThat(folder.resolve("part-00000.parquet")).hasContent("precious");
  }

  private WrittenFile writeFullAndEmptyRow() throws IOException {
    try (var writer = open(path.getName(), Map.of())) {
      row.setLong(0, -7);
      row.setLong(1, Long.MAX_VALUE);
      row.setDouble(2, 0.1);
      row.setDouble(3, 0.1);
      row.setBoolean(4, true);
      row.setText(5, "Wörter");
      row.setText(6, new byte[] {9, 0, -1, 1}, 1, 3);
      row.setLong(7, -999_999_999_999_999_999L);
      row.setLong(8, TIME.toEpochMilli());
      row.setLong(9, DATE.toEpochDay());
      writer.write(row);
      row.clear();
      row.setLong(0, 0);
      writer.write(row);
      return writer.finish();
    }
  }

  private WrittenFile writeTexts(List<String> texts, String name) throws IOException {
    try (var writer = open(name, Map.of())) {
      for (var text : texts) {
        row.clear();
        row.setLong(0, 1);
        row.setText(5, text);
        writer.write(row);
      }
      return writer.finish();
    }
  }

  private ParquetTableWriter open(String name, Map<String, String> metadata) throws IOException {
    var file = new Path(path.getParent(), name);
    return ParquetTableWriter.open(fileSystem, file, SCHEMA, configuration, metadata);
  }
}
