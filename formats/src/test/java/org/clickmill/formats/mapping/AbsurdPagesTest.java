package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageTypeParser;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Page headers that lie are found before room is made for what they say. */
final class AbsurdPagesTest {
  private static final Mapping MAPPING =
      Mapping.parse("fields: {event_time: time, event_type: {constant: view}}", "times");

  @TempDir Path folder;

  @Test
  void pageLongerThanItsFileIsFound() throws IOException {
    assertThatThrownBy(() -> read(header -> header.setCompressed_page_size(Integer.MAX_VALUE)))
        .isInstanceOf(ClickmillException.class)
        .hasMessageStartingWith("Cannot read file ")
        .hasMessageContaining(
            "damaged.parquet: damaged at its beginning: column time, row group 0: a page of ");
  }

  @Test
  void pageLargerThanItsColumnChunkIsFound() throws IOException {
    assertThatThrownBy(() -> read(header -> header.setUncompressed_page_size(1 << 30)))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining(
            "damaged.parquet: damaged at its beginning: column time, row group 0: a page of 1073741824 bytes in a column"
                + " chunk of ");
  }

  @Test
  void pageWithoutValuesIsFound() throws IOException {
    assertThatThrownBy(() -> read(header -> header.getData_page_header().setNum_values(3)))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("column time, row group 0: 3 values where there are 10 rows");
  }

  @Test
  void sizeThatSnappyPromisesIsChecked() throws IOException {
    assertThatThrownBy(() -> read(header -> {}, new byte[] {-128, -128, -128, -128, 0x04}))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("damaged.parquet")
        .hasMessageEndingWith("a page of 1073741824 bytes where 80 are promised");
  }

  private void read(Consumer<PageHeader> change) throws IOException {
    read(change, new byte[0]);
  }

  /** Changes the header of the only page, whose content begins with other bytes. */
  private void read(Consumer<PageHeader> change, byte[] beginning) throws IOException {
    var schema = MessageTypeParser.parseMessageType("message m { required int64 time; }");
    var file = folder.resolve("good.parquet");
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withDictionaryEncoding(false)
            .withPageWriteChecksumEnabled(false)
            .build()) {
      for (int i = 0; i < 10; i++) {
        writer.write(new SimpleGroup(schema).append("time", 1_569_888_000_000L + i));
      }
    }
    byte[] good = Files.readAllBytes(file);
    int footerSize = good[good.length - 8] & 0xff | (good[good.length - 7] & 0xff) << 8;
    int footerStart = good.length - 8 - footerSize;
    var footer = Util.readFileMetaData(new ByteArrayInputStream(good, footerStart, footerSize));
    var column = footer.getRow_groups().get(0).getColumns().get(0).getMeta_data();
    var in = new ByteArrayInputStream(good, 4, (int) column.getTotal_compressed_size());
    var header = Util.readPageHeader(in);
    var damaged = new ByteArrayOutputStream();
    damaged.write(good, 0, 4);
    change.accept(header);
    Util.writePageHeader(header, damaged);
    byte[] content = in.readAllBytes();
    System.arraycopy(beginning, 0, content, 0, beginning.length);
    damaged.write(content);
    column.setTotal_compressed_size(damaged.size() - 4L);
    int start = damaged.size();
    Util.writeFileMetaData(footer, damaged);
    int size = damaged.size() - start;
    damaged.write(new byte[] {(byte) size, (byte) (size >>> 8), 0, 0, 'P', 'A', 'R', '1'});
    Reading.ofBytes(folder, "damaged.parquet", damaged.toByteArray(), MAPPING);
  }
}
