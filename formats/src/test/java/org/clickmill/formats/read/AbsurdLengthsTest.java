package org.clickmill.formats.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageTypeParser;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lengths of gigabytes at every place of files in the encodings that parquet-java decodes: each
 * ends as rows or as an error that names the file, never for want of memory.
 */
final class AbsurdLengthsTest {
  /** As numbers of a run, as the lengths of texts and levels, as numbers packed with zigzag. */
  private static final byte[][] LENGTHS = {
    {-1, -1, -1, 0x7f}, {-1, -1, -1, -1, 0x07}, {-2, -1, -1, -1, 0x0f}, {0, 0, 0, 0x70}
  };

  /** Elsewhere each place gets one of the lengths. */
  private static final boolean EVERY_LENGTH = Boolean.getBoolean("clickmill.test.every-length");

  @TempDir java.nio.file.Path folder;

  private final Configuration configuration = new Configuration(false);
  private FileSystem fileSystem;

  @BeforeEach
  void openFileSystem() throws IOException {
    fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
  }

  @Test
  void lengthsOfDeltaEncodingsAreCheckedFirst() throws IOException {
    readAtEveryPlace(write(WriterVersion.PARQUET_2_0, false));
  }

  @Test
  void lengthsOfSplitBytesAreCheckedFirst() throws IOException {
    readAtEveryPlace(write(WriterVersion.PARQUET_1_0, true));
  }

  private void readAtEveryPlace(byte[] good) throws IOException {
    var file = folder.resolve("absurd.parquet");
    for (int at = 4; at < good.length - 8; at++) {
      for (byte[] length : EVERY_LENGTH ? LENGTHS : new byte[][] {LENGTHS[at % LENGTHS.length]}) {
        byte[] damaged = good.clone();
        System.arraycopy(length, 0, damaged, at, Math.min(length.length, good.length - at));
        Files.write(file, damaged);
        var what = "length " + length[0] + " at byte " + at;
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(file, what), what);
      }
    }
  }

  private void read(java.nio.file.Path file, String what) throws IOException {
    try (var rows = TableReader.open(fileSystem, new Path(file.toUri()), configuration)) {
      while (rows.next()) {
        rows.columns().forEach(column -> rows.value(column.name()));
      }
    } catch (ClickmillException e) {
      assertThat(e).as(what).hasMessageStartingWith("Cannot read file:" + file + ": ");
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(what, e);
    }
  }

  private byte[] write(WriterVersion version, boolean isSplit) throws IOException {
    var schema =
        MessageTypeParser.parseMessageType(
            """
            message table {
              optional int64 number;
              optional binary text (UTF8);
              required binary more (UTF8);
              optional fixed_len_byte_array(5) fixed;
              optional double ratio;
            }
            """);
    var file = folder.resolve("good.parquet");
    try (var writer =
        ExampleParquetWriter.builder(new Path(file.toUri()))
            .withType(schema)
            .withConf(configuration)
            .withWriterVersion(version)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withDictionaryEncoding(false)
            .withByteStreamSplitEncoding(isSplit)
            .withPageRowCountLimit(15)
            .withPageWriteChecksumEnabled(false)
            .build()) {
      for (int i = 0; i < 30; i++) {
        var group = new SimpleGroup(schema).append("more", "product " + i % 7);
        if (i % 4 > 0) {
          group.append("number", i * 1_000_003L).append("text", "text " + i);
        }
        if (i % 5 > 0) {
          group.append("ratio", i / 7.0);
        }
        writer.write(group);
      }
    }
    return Files.readAllBytes(file);
  }
}
