package org.clickmill.formats.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.TableSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fields that a newer or another suite wrote are skipped, whatever their bytes say. */
@Timeout(20)
final class UnknownAvroFieldsTest {
  private static final long COUNT = 1L << 60;

  @TempDir java.nio.file.Path folder;

  @Test
  void arrayOfItemsWithoutBytesHasABound() throws IOException {
    var file = write("{'type': 'array', 'items': 'null'}", COUNT, 0);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ClickmillException.class)
        .hasMessageStartingWith("Cannot read " + file.path() + ": near byte ")
        .hasMessageEndingWith(": 1152921504606846976 items where at most 1048587 can be");
  }

  @Test
  void mapOfEmptyRecordsHasABound() throws IOException {
    var file =
        write("{'type': 'map', 'values': {'type': 'record', 'name': 'E', 'fields': []}}", COUNT);
    assertThatThrownBy(() -> read(file)).isInstanceOf(ClickmillException.class);
  }

  @Test
  void deeplyNestedRecordIsAnError() throws IOException {
    long[] branches = new long[100_001];
    java.util.Arrays.fill(branches, 0, 100_000, 1);
    var file =
        write(
            "{'type': 'record', 'name': 'Node', 'fields':"
                + " [{'name': 'next', 'type': ['null', 'Node']}]}",
            branches);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining(file.path())
        .hasMessageEndingWith("a field nested deeper than 200");
  }

  /** A column of another name would be one that is not there, and NULL in every row. */
  @Test
  void damagedNameInTheHeaderOfOurOwnFileIsAnError() throws IOException {
    var fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    var path = new Path(folder.resolve("events.avro").toUri());
    var events = RandomEvents.ofDay(RandomEvents.DAY, 10, new java.util.Random(1));
    var file = RandomEvents.writeAvro(fileSystem, path, events, new Configuration(false));
    var local = folder.resolve("events.avro");
    var text = java.nio.file.Files.readString(local, java.nio.charset.StandardCharsets.ISO_8859_1);
    java.nio.file.Files.writeString(
        local,
        text.replace("\"name\":\"price\"", "\"name\":\"qrice\""),
        java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ClickmillException.class)
        .hasMessageEndingWith("events.avro: a schema in its header with a wrong checksum");
  }

  @Test
  void nestedRecordIsSkipped() throws IOException {
    var file =
        write(
            "{'type': 'record', 'name': 'Node', 'fields':"
                + " [{'name': 'next', 'type': ['null', 'Node']}]}",
            1,
            1,
            1,
            0);
    assertThat(read(file)).isEqualTo(1);
  }

  @Test
  void blockOfMoreRowsThanBytesIsAnError() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var schema =
        new Schema.Parser().parse("{'type':'record','name':'R','fields':[]}".replace('\'', '"'));
    try (var writer = new DataFileWriter<Object>(new GenericDatumWriter<>(schema))) {
      writer.create(
          Schema.createRecord(
              "R",
              null,
              null,
              false,
              List.of(new Schema.Field("n", Schema.create(Schema.Type.NULL), null, null))),
          bytes);
    }
    byte[] marker =
        java.util.Arrays.copyOfRange(bytes.toByteArray(), bytes.size() - 16, bytes.size());
    var out = EncoderFactory.get().directBinaryEncoder(bytes, null);
    out.writeLong(COUNT);
    out.writeLong(0);
    out.flush();
    bytes.write(marker);
    var path = folder.resolve("rows.avro");
    java.nio.file.Files.write(path, bytes.toByteArray());
    var file = RandomEvents.file(new Path(path.toUri()), bytes.size());
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("a block of 1152921504606846976 rows in 0 bytes");
  }

  /** A file of one event's quantity, and behind it numbers as the value of an unknown field. */
  private InputFile write(String type, long... values) throws IOException {
    var extra = new Schema.Parser().parse(type.replace('\'', '"'));
    var schema =
        Schema.createRecord(
            "Event",
            null,
            "x",
            false,
            List.of(
                new Schema.Field("quantity", Schema.create(Schema.Type.INT)),
                new Schema.Field("extra", extra)));
    var row = new ByteArrayOutputStream();
    var out = EncoderFactory.get().directBinaryEncoder(row, null);
    out.writeInt(2);
    for (long value : values) {
      out.writeLong(value);
    }
    out.flush();
    var path = folder.resolve("unknown.avro");
    try (var writer = new DataFileWriter<Object>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, path.toFile());
      writer.appendEncoded(ByteBuffer.wrap(row.toByteArray()));
    }
    return RandomEvents.file(new Path(path.toUri()), java.nio.file.Files.size(path));
  }

  private static int read(InputFile file) throws IOException {
    var schema = TableSchema.of(Event.getClassSchema());
    var request = BatchRequest.of(schema, List.of("quantity"));
    var fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    int rows = 0;
    try (var reader = BatchFiles.open(fileSystem, file, request, new Configuration(false))) {
      while (reader.next()) {
        rows += reader.batch().size();
      }
    }
    return rows;
  }
}
