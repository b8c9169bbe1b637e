package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that fails is not a file that is damaged, and must not be skipped as one. */
class OutageTest {
  private static final Mapping MAPPING = Mapping.named("clickmill");
  private static final int ROWS = 200_000;

  @TempDir java.nio.file.Path folder;

  @Test
  void outageWhileReadingTextIsNoDamage() throws IOException {
    byte[] text =
        ("event_time,event_type\n" + "2019-10-01,view\n".repeat(ROWS))
            .getBytes(StandardCharsets.UTF_8);
    assertOutage(Reading.write(folder, "a.csv", text));
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(text);
    }
    assertOutage(Reading.write(folder, "a.csv.gz", packed.toByteArray()));
  }

  @Test
  void outageWhileReadingAvroIsNoDamage() throws IOException {
    var schema =
        new Schema.Parser()
            .parse(
                ("{'type': 'record', 'name': 'R', 'fields': [{'name': 'event_time', 'type':"
                        + " 'long'}, {'name': 'event_type', 'type': 'string'}]}")
                    .replace('\'', '"'));
    var file = folder.resolve("a.avro");
    try (var writer = new DataFileWriter<GenericData.Record>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, file.toFile());
      var record = new GenericData.Record(schema);
      for (int i = 0; i < ROWS; i++) {
        record.put(0, (long) i);
        record.put(1, "view");
        writer.append(record);
      }
    }
    assertOutage(file);
  }

  @Test
  void outageWhileReadingParquetIsNoDamage() throws IOException, SQLException {
    var file = folder.resolve("a.parquet");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          "copy (select i * 7919 as event_time, 'view' as event_type, md5(i::varchar) as brand from"
              + " range("
              + ROWS
              + ") r(i)) to '"
              + file
              + "' (format parquet, row_group_size 10000)");
    }
    assertOutage(file);
  }

  private static void assertOutage(java.nio.file.Path file) throws IOException {
    var configuration = new Configuration(false);
    int reads = 0;
    for (int failing = 1; failing <= 40; failing++) {
      var fileSystem = new FailingFileSystem(Reading.fileSystem(configuration), failing);
      try (var reader = Reading.open(fileSystem, file, MAPPING, configuration)) {
        while (reader.next()) {
          assertThat(reader.reject()).isNull();
        }
        assertThat(reader.records()).isEqualTo(ROWS);
        break;
      } catch (UncheckedIOException e) {
        reads++;
        assertThat(e)
            .hasMessageMatching("Cannot read file file:.*" + file.getFileName() + ": node away");
      }
    }
    assertThat(reads).isGreaterThan(1);
  }

  @Test
  void damageOnTheSameFileSystemIsDamage() {
    var configuration = new Configuration(false);
    var file = Reading.write(folder, "a.csv.gz", new byte[] {0x1f, (byte) 0x8b, 8});
    var fileSystem = new FailingFileSystem(Reading.fileSystem(configuration), 1_000);
    assertThatThrownBy(() -> Reading.open(fileSystem, file, MAPPING, configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("a.csv.gz: the data ends too early");
  }

  /** Fails at the n-th read of a file and at all after it. */
  private static final class FailingFileSystem extends FilterFileSystem {
    private int left;

    FailingFileSystem(FileSystem fileSystem, int failing) {
      super(fileSystem);
      left = failing;
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
      var in = super.open(path, bufferSize);
      return new FSDataInputStream(new FailingStream(in));
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
      return open(path, 4096);
    }

    private final class FailingStream extends FSInputStream {
      private final FSDataInputStream in;

      FailingStream(FSDataInputStream in) {
        this.in = in;
      }

      @Override
      public int read() throws IOException {
        count();
        return in.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        count();
        return ((InputStream) in).read(bytes, offset, length);
      }

      @Override
      public void seek(long position) throws IOException {
        in.seek(position);
      }

      @Override
      public long getPos() throws IOException {
        return in.getPos();
      }

      @Override
      public boolean seekToNewSource(long position) {
        return false;
      }

      @Override
      public void close() throws IOException {
        in.close();
      }

      private void count() throws IOException {
        if (--left <= 0) {
          throw new IOException("node away");
        }
      }
    }
  }
}
