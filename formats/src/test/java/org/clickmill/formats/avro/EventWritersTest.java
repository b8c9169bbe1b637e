package org.clickmill.formats.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.event.Reject;
import org.clickmill.formats.parquet.ParquetFiles;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.parquet.RejectWriter;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.WrittenFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventWritersTest {
  @TempDir java.nio.file.Path folder;

  private final Configuration configuration = new Configuration(false);
  private FileSystem fileSystem;

  @BeforeEach
  void openFileSystem() throws IOException {
    fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "deflate"})
  void avroReadsTheEventsThatWereWritten(String codec) throws IOException {
    configuration.set("clickmill.avro.codec", codec);
    var events = randomEvents(2000);
    var written = writeAvro(events, "hour.avro");
    var file = folder.resolve("hour.avro").toFile();
    var read = new ArrayList<Event>();
    try (var reader =
        new DataFileReader<GenericRecord>(file, new GenericDatumReader<GenericRecord>())) {
      assertThat(reader.getMetaString("avro.codec"))
          .isEqualTo(codec.equals("zstd") ? "zstandard" : codec);
      reader.forEach(record -> read.add(event(record)));
    }
    assertThat(read).containsExactlyElementsOf(events);
    assertThat(written.file().records()).isEqualTo(2000);
    assertThat(written.file().bytes()).isEqualTo(file.length());
  }

  @Test
  void eventsAreEncodedAsAvroEncodesThem() throws IOException {
    var events = randomEvents(2000);
    events.get(0).setSourceOffset(Long.MAX_VALUE);
    events.get(1).setQuantity(Integer.MIN_VALUE);
    events.get(2).setEventTime(Instant.ofEpochMilli(-1));
    events.get(3).setBrand(new Utf8("x".repeat(100_000)));
    var block = new EventBlock(EventColumn.EXTRA);
    var avro = new SpecificDatumWriter<>(Event.class);
    for (var event : events) {
      var expected = new ByteArrayOutputStream();
      avro.write(event, EncoderFactory.get().directBinaryEncoder(expected, null));
      block.clear();
      block.add(event);
      assertThat(Arrays.copyOf(block.bytes(), block.length())).isEqualTo(expected.toByteArray());
    }
  }

  @Test
  void parquetReadsTheEventsThatWereWritten() throws IOException {
    var events = randomEvents(2000);
    writeParquet(events, "day.parquet");
    var groups = ParquetFiles.read(new Path(folder.resolve("day.parquet").toUri()));
    assertThat(groups.stream().map(EventWritersTest::event)).containsExactlyElementsOf(events);
  }

  @Test
  void hourInAvroAndDayInParquetHaveTheSameFingerprint() throws IOException {
    var events = randomEvents(500);
    var hour = writeAvro(events, "hour.avro");
    for (var event : events) {
      event.setSourceName(new Utf8("elsewhere"));
    }
    var day = writeParquet(events.subList(0, 300), "day-1.parquet");
    var rest = writeParquet(events.subList(300, 500), "day-2.parquet");
    assertThat(day.fingerprint().plus(rest.fingerprint())).isEqualTo(hour.fingerprint());
  }

  @Test
  void sameEventsGiveTheSameAvroBytes() throws IOException {
    var events = randomEvents(500);
    var first = writeAvro(events, "1/hour.avro");
    var second = writeAvro(events, "2/hour.avro");
    assertThat(first).isEqualTo(second);
  }

  @Test
  void avroFileThatIsNotFinishedIsDeleted() throws IOException {
    var path = new Path(folder.resolve("hour.avro").toUri());
    try (var writer = AvroEventWriter.open(fileSystem, path, configuration)) {
      writer.write(randomEvents(1).get(0));
    }
    assertThat(fileSystem.exists(path)).isFalse();
  }

  @Test
  void rejectsAreWrittenWhole() throws IOException {
    var path = new Path(folder.resolve("rejects.parquet").toUri());
    byte[] raw = "2019,\u0000\"broken".getBytes(UTF_8);
    WrittenFile written;
    try (var writer = RejectWriter.open(fileSystem, path, configuration)) {
      writer.write(
          Reject.newBuilder()
              .setReason(new Utf8("line 17: broken quote"))
              .setSourceName(new Utf8("a.csv"))
              .setSourceOffset(17L)
              .setRaw(ByteBuffer.wrap(raw))
              .build());
      writer.write(Reject.newBuilder().setReason(new Utf8("empty")).build());
      written = writer.finish();
    }
    var groups = ParquetFiles.read(path);
    assertThat(written.file().records()).isEqualTo(2);
    assertThat(groups.get(0).getString("reason", 0)).isEqualTo("line 17: broken quote");
    assertThat(groups.get(0).getString("source_name", 0)).isEqualTo("a.csv");
    assertThat(groups.get(0).getFieldRepetitionCount("source_partition")).isZero();
    assertThat(groups.get(0).getLong("source_offset", 0)).isEqualTo(17);
    assertThat(groups.get(0).getBinary("raw", 0).getBytes()).isEqualTo(raw);
    assertThat(groups.get(1).getFieldRepetitionCount("raw")).isZero();
  }

  private WrittenFile writeAvro(List<Event> events, String name) throws IOException {
    var path = new Path(folder.resolve(name).toUri());
    try (var writer = AvroEventWriter.open(fileSystem, path, configuration)) {
      for (var event : events) {
        writer.write(event);
      }
      return writer.finish();
    }
  }

  private WrittenFile writeParquet(List<Event> events, String name) throws IOException {
    var path = new Path(folder.resolve(name).toUri());
    var row = new Row(EventRows.SCHEMA);
    var key = new EventKey();
    try (var writer = ParquetTableWriter.open(fileSystem, path, EventRows.SCHEMA, configuration)) {
      for (var event : events) {
        EventRows.fill(row, event);
        key.encode(event);
        writer.write(row, key.bytes(), 0, key.contentLength());
      }
      return writer.finish();
    }
  }

  private static Event event(GenericRecord record) {
    var event = new Event();
    event.put(0, Instant.ofEpochMilli((long) record.get(0)));
    for (int i = 1; i < record.getSchema().getFields().size(); i++) {
      event.put(i, record.get(i));
    }
    return event;
  }

  private static Event event(Group group) {
    var price = number(group, "price");
    var partition = group.getFieldRepetitionCount("source_partition");
    var event = new Event();
    event.setEventTime(Instant.ofEpochMilli(group.getLong("event_time", 0) / 1000));
    event.setEventType(text(group, "event_type"));
    event.setProductId(text(group, "product_id"));
    event.setCategoryId(text(group, "category_id"));
    event.setCategoryCode(text(group, "category_code"));
    event.setBrand(text(group, "brand"));
    event.setPrice(price == null ? null : Money.toAvro(price));
    event.setQuantity(group.getInteger("quantity", 0));
    event.setVisitorId(text(group, "visitor_id"));
    event.setUserId(text(group, "user_id"));
    event.setUserSession(text(group, "user_session"));
    event.setOrderId(text(group, "order_id"));
    event.setEventId(text(group, "event_id"));
    event.setSourceName(text(group, "source_name"));
    event.setSourcePartition(partition == 0 ? null : group.getInteger("source_partition", 0));
    event.setSourceOffset(number(group, "source_offset"));
    event.setSourceItem(group.getInteger("source_item", 0));
    for (var column : EventColumn.OPTIONAL) {
      if (column.kind() == EventColumn.Kind.STRING) {
        event.put(column.position(), text(group, column.text()));
      } else if (group.getFieldRepetitionCount(column.text()) > 0) {
        event.put(column.position(), group.getInteger(column.text(), 0));
      }
    }
    return event;
  }

  private static Utf8 text(Group group, String column) {
    return group.getFieldRepetitionCount(column) == 0
        ? null
        : new Utf8(group.getBinary(column, 0).getBytes());
  }

  private static Long number(Group group, String column) {
    return group.getFieldRepetitionCount(column) == 0 ? null : (Long) group.getLong(column, 0);
  }

  private static List<Event> randomEvents(int count) {
    var random = new Random(42);
    var events = new ArrayList<Event>();
    for (int i = 0; i < count; i++) {
      var event = new Event();
      event.setEventTime(Instant.ofEpochMilli(1_570_000_000_000L + i));
      event.setEventType(new Utf8("view"));
      event.setProductId(textOrNull(random, 100));
      event.setCategoryId(textOrNull(random, 10));
      event.setCategoryCode(textOrNull(random, 10));
      event.setBrand(textOrNull(random, 10));
      event.setPrice(random.nextBoolean() ? Money.toAvro(random.nextInt()) : null);
      event.setQuantity(random.nextInt(5) - 1);
      event.setVisitorId(textOrNull(random, 100));
      event.setUserId(textOrNull(random, 100));
      event.setUserSession(textOrNull(random, 100));
      event.setOrderId(textOrNull(random, 100));
      event.setEventId(textOrNull(random, 100_000));
      event.setSourceName(textOrNull(random, 2));
      event.setSourcePartition(random.nextBoolean() ? random.nextInt(3) : null);
      event.setSourceOffset(random.nextBoolean() ? random.nextLong() : null);
      if (random.nextBoolean()) {
        event.setSourceItem(random.nextInt());
        event.setRating(random.nextBoolean() ? random.nextInt() : null);
        EventColumn.OPTIONAL.stream()
            .filter(column -> column.kind() == EventColumn.Kind.STRING)
            .forEach(column -> event.put(column.position(), textOrNull(random, 9)));
      }
      events.add(event);
    }
    return events;
  }

  private static Utf8 textOrNull(Random random, int bound) {
    return random.nextBoolean() ? new Utf8("text " + random.nextInt(bound)) : null;
  }
}
