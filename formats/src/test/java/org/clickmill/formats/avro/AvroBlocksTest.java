package org.clickmill.formats.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.failure.UnsupportedFileException;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.fs.SizeLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AvroBlocksTest {
  private static final int STRINGS = 3_000;
  private static final SizeLimit LIMIT = new SizeLimit(100_000, "this test");

  @TempDir private java.nio.file.Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2"})
  void blocksOfEveryCodecAreRead(String codec) throws IOException {
    assertThat(read(write(codec, 10_000), 0, Long.MAX_VALUE)).isEqualTo(strings());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2"})
  void blockThatDecompressesBeyondTheLimitIsRefused(String codec) throws IOException {
    var file = write(codec, 1 << 24);
    assertThatThrownBy(() -> read(file, 0, Long.MAX_VALUE))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageMatching("a block of \\d+ bytes, more than this test allows");
  }

  @Test
  void partsHaveEachBlockOnce() throws IOException {
    byte[] file = write("null", 1_000);
    for (int cut = 0; cut <= file.length + 20; cut += 97) {
      var both = new ArrayList<>(read(file, 0, cut));
      both.addAll(read(file, cut, Long.MAX_VALUE));
      assertThat(both).as("cut at byte %d", cut).isEqualTo(strings());
    }
  }

  @Test
  void unknownCodecIsNamed() throws IOException {
    var text = new String(write("deflate", 10_000), StandardCharsets.ISO_8859_1);
    byte[] changed = text.replace("deflate", "deflatx").getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> read(changed, 0, Long.MAX_VALUE))
        .isInstanceOf(UnsupportedFileException.class)
        .hasMessageStartingWith("the Avro codec 'deflatx', which is not supported; ");
  }

  @Test
  void headerThatIsCutOffIsAnError() throws IOException {
    byte[] file = write("null", 10_000);
    for (int length = 0; length < 60; length++) {
      byte[] cut = java.util.Arrays.copyOf(file, length);
      assertThatThrownBy(() -> read(cut, 0, Long.MAX_VALUE))
          .isInstanceOf(DamagedFileException.class);
    }
  }

  private static List<String> strings() {
    var strings = new ArrayList<String>();
    for (int i = 0; i < STRINGS; i++) {
      strings.add("a string of some length, the number of which is " + i);
    }
    return strings;
  }

  private static byte[] write(String codec, int blockSize) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var schema =
        new Schema.Parser()
            .parse(
                "{'type': 'record', 'name': 'R', 'fields': [{'name': 's', 'type': 'string'}]}"
                    .replace('\'', '"'));
    try (var writer = new DataFileWriter<Object>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.fromString(codec)).setSyncInterval(blockSize);
      writer.create(schema, bytes);
      for (var string : strings()) {
        var record = new org.apache.avro.generic.GenericData.Record(schema);
        record.put(0, new Utf8(string));
        writer.append(record);
      }
    }
    return bytes.toByteArray();
  }

  private List<String> read(byte[] content, long start, long end) throws IOException {
    var path = folder.resolve("strings.avro");
    Files.write(path, content);
    var fileSystem = FileSystem.getLocal(new Configuration(false)).getRawFileSystem();
    var strings = new ArrayList<String>();
    try (var file = FileBytes.open(fileSystem, new Path(path.toUri()), -1)) {
      var blocks = AvroBlocks.open(file, start, end, LIMIT);
      while (blocks.next()) {
        for (long row = 0; row < blocks.rows(); row++) {
          strings.add(blocks.decoder().readString());
        }
      }
    }
    return strings;
  }
}
