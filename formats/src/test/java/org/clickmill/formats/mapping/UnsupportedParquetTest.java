package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.crypto.ColumnEncryptionProperties;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageTypeParser;
import org.assertj.core.api.AbstractThrowableAssert;
import org.clickmill.formats.read.TableReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a sound Parquet file uses and cannot be read is named, by import and where tables are read.
 */
final class UnsupportedParquetTest {
  private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("data.parquet");
  }

  @ParameterizedTest
  @EnumSource(names = {"BROTLI", "LZO"})
  void codecWithoutLibraryIsNamed(CompressionCodec codec) throws IOException {
    write(null);
    rewriteFooter(column -> column.setCodec(codec), "", "");
    assertBoth("column e, row group 0: it is compressed by " + codec + ", which is not supported");
    // A column that is not mapped does not matter.
    var times = Mapping.parse("fields: {event_time: t, event_type: {constant: view}}", "my.yaml");
    assertThat(Reading.of(file, times).events()).hasSize(1);
  }

  @Test
  void codecOfTheFutureIsNamed() throws IOException {
    write(null);
    rewriteFooter(
        column -> column.setCodec(CompressionCodec.LZO), "1918" + "0165" + "1506", "191801651554");
    assertBoth("column e is compressed by codec 42, which is not supported");
  }

  @Test
  void encodingOfTheFutureIsNamed() throws IOException {
    write(null);
    rewriteFooter(
        column -> column.setEncodings(Collections.nCopies(3, Encoding.BYTE_STREAM_SPLIT)),
        "35121212",
        "35121254");
    assertBoth("column e has encoding 42, which is not supported");
  }

  @Test
  void pageOfAnUnknownEncodingIsNamed() throws IOException {
    write(null);
    // In the header of the page: one value, PLAIN.
    replace("1c15021500", "1c15021554");
    assertBoth("a page of encoding 42, which is not supported");
  }

  @Test
  void fileWithEncryptedFooterIsNamed() throws IOException {
    write(FileEncryptionProperties.builder(KEY).build());
    assertBoth("its footer is encrypted, which is not supported");
  }

  @Test
  void columnEncryptedByTheKeyOfTheFileIsNamed() throws IOException {
    write(FileEncryptionProperties.builder(KEY).withPlaintextFooter().build());
    assertBoth("column t is encrypted, which is not supported");
  }

  @Test
  void columnEncryptedByItsOwnKeyIsNamed() throws IOException {
    var column = ColumnPath.get("e");
    var properties = ColumnEncryptionProperties.builder(column).withKey(KEY).build();
    write(
        FileEncryptionProperties.builder(KEY)
            .withPlaintextFooter()
            .withEncryptedColumns(Map.of(column, properties))
            .build());
    assertBoth("column e, row group 0: it is encrypted, which is not supported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "e"})
  void encryptedColumnThatIsNotReadDoesNotMatter(String encrypted) throws IOException {
    var column = ColumnPath.get(encrypted);
    var properties = ColumnEncryptionProperties.builder(column).withKey(KEY).build();
    write(
        FileEncryptionProperties.builder(KEY)
            .withPlaintextFooter()
            .withEncryptedColumns(Map.of(column, properties))
            .build());
    var other = encrypted.equals("t") ? "e" : "t";
    var mapping =
        Mapping.parse(
            "fields: {event_time: {constant: 2019-10-01}, event_type: {constant: view}, brand: "
                + other
                + "}",
            "my.yaml");
    assertThat(Reading.of(file, mapping).events()).hasSize(1);
    var configuration = new Configuration(false);
    var path = new org.apache.hadoop.fs.Path(file.toUri());
    try (var rows = TableReader.open(Reading.fileSystem(configuration), path, configuration)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.value(other)).isNotNull();
    }
  }

  private void assertBoth(String message) {
    assertImport().contains(message);
    assertTable().contains(message);
  }

  private Message assertImport() {
    var mapping = Mapping.parse("fields: {event_time: t, event_type: e}", "my.yaml");
    return new Message(assertThatThrownBy(() -> Reading.of(file, mapping)));
  }

  private Message assertTable() {
    var configuration = new Configuration(false);
    return new Message(
        assertThatThrownBy(
            () -> {
              var path = new org.apache.hadoop.fs.Path(file.toUri());
              try (var rows =
                  TableReader.open(Reading.fileSystem(configuration), path, configuration)) {
                while (rows.next()) {
                  rows.text("e");
                }
              }
            }));
  }

  private void write(FileEncryptionProperties encryption) throws IOException {
    var schema =
        MessageTypeParser.parseMessageType(
            "message m { required int64 t; required binary e (UTF8); }");
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withDictionaryEncoding(false)
            .withEncryption(encryption)
            .build()) {
      writer.write(new SimpleGroup(schema).append("t", 0L).append("e", "view"));
    }
  }

  /** Changes column e in the footer, and then some of the footer's bytes. */
  private void rewriteFooter(Consumer<ColumnMetaData> change, String hex, String replacement)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length - 8;
    int start = end - ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    var footer = Util.readFileMetaData(new ByteArrayInputStream(bytes, start, end - start));
    change.accept(footer.getRow_groups().get(0).getColumns().get(1).getMeta_data());
    var out = new ByteArrayOutputStream();
    out.write(bytes, 0, start);
    Util.writeFileMetaData(footer, out);
    int length = out.size() - start;
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
    out.write(bytes, bytes.length - 4, 4);
    Files.write(file, out.toByteArray());
    replace(hex, replacement);
  }

  /** Replaces the last occurrence of some bytes. */
  private void replace(String hex, String replacement) throws IOException {
    var format = HexFormat.of();
    var all = format.formatHex(Files.readAllBytes(file));
    int place = all.lastIndexOf(hex);
    Files.write(
        file,
        format.parseHex(
            all.substring(0, place) + replacement + all.substring(place + hex.length())));
  }

  /** The message of what was thrown, which names the file and no damage. */
  private record Message(AbstractThrowableAssert<?, ? extends Throwable> thrown) {
    private void contains(String text) {
      thrown
          .hasMessageStartingWith("Cannot read ")
          .hasMessageContaining("data.parquet: ")
          .hasMessageContaining(text)
          .hasMessageNotContaining("damaged");
    }
  }
}
