package org.clickmill.formats.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.avro.EventKeyReader;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.warehouse.Partition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of events have the extra columns that they were opened with, and are read with or without.
 */
final class ExtraColumnsTest {
  /** What event.avsc was before there were extra columns. */
  private static final String OLD_SCHEMA =
      """
      {"type": "record", "name": "Event", "namespace": "org.clickmill.formats.event", "fields": [
        {"name": "event_time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "event_type", "type": "string"},
        {"name": "product_id", "type": ["null", "string"], "default": null},
        {"name": "category_id", "type": ["null", "string"], "default": null},
        {"name": "category_code", "type": ["null", "string"], "default": null},
        {"name": "brand", "type": ["null", "string"], "default": null},
        {"name": "price", "type": ["null",
          {"type": "bytes", "logicalType": "decimal", "precision": 18, "scale": 4}],
          "default": null},
        {"name": "quantity", "type": "int", "default": 1},
        {"name": "visitor_id", "type": ["null", "string"], "default": null},
        {"name": "user_id", "type": ["null", "string"], "default": null},
        {"name": "user_session", "type": ["null", "string"], "default": null},
        {"name": "order_id", "type": ["null", "string"], "default": null},
        {"name": "event_id", "type": ["null", "string"], "default": null},
        {"name": "source_name", "type": ["null", "string"], "default": null},
        {"name": "source_partition", "type": ["null", "int"], "default": null},
        {"name": "source_offset", "type": ["null", "long"], "default": null}
      ]}
      """;

  private final Configuration configuration = new Configuration(false);

  @TempDir java.nio.file.Path folder;

  @Test
  void fileWithoutExtraColumnsIsOneOfTheVersionBefore() throws IOException {
    var event = event();
    var file = write(event, Set.of());
    try (var reader =
        new DataFileReader<GenericRecord>(
            new java.io.File(java.net.URI.create("file://" + path().toUri().getPath())),
            new GenericDatumReader<>())) {
      var names = new Schema.Parser().parse(OLD_SCHEMA).getFields();
      assertThat(reader.getSchema().getFields().stream().map(Schema.Field::name))
          .containsExactlyElementsOf(names.stream().map(Schema.Field::name).toList());
      assertThat(reader.next().get("event_type")).hasToString("view");
    }
    assertThat(read(file)).isEqualTo(event);
  }

  @Test
  void parquetFileOfTheVersionBeforeHasNoValuesInTheNewColumns() throws IOException {
    var schema = TableSchema.of(new Schema.Parser().parse(OLD_SCHEMA));
    var path = new Path(folder.resolve("old.parquet").toUri());
    var event = event();
    long bytes;
    try (var writer =
        ParquetTableWriter.open(FileSystem.getLocal(configuration), path, schema, configuration)) {
      var row = new Row(schema);
      row.setLong(schema.ordinal("event_time"), event.getEventTime().toEpochMilli());
      row.setText(schema.ordinal("event_type"), "view");
      row.setLong(schema.ordinal("quantity"), 1);
      row.setText(schema.ordinal("event_id"), "e");
      writer.write(row);
      bytes = writer.finish().file().bytes();
    }
    var file = new InputFile(path.toString(), partition(), bytes);
    assertThat(read(file)).isEqualTo(event);
  }

  @Test
  void fileHasTheColumnsThatItIsOpenedWith() throws IOException {
    var event = event();
    event.setCurrency(new Utf8("USD"));
    event.setRating(0);
    event.setSourceItem(3);
    var columns = Set.of(EventColumn.SOURCE_ITEM, EventColumn.CURRENCY, EventColumn.RATING);
    var file = write(event, columns);
    assertThat(read(file)).isEqualTo(event);
    assertThat(key(file)).isEqualTo(key(event));
    try (var reader =
        EventFileReader.open(FileSystem.getLocal(configuration), file, configuration)) {
      assertThat(reader.extraColumns()).isEqualTo(columns);
    }
  }

  @Test
  void valueThatHasNoColumnInTheFileIsNotLost() {
    var event = event();
    event.setReview(new Utf8("good"));
    assertThatThrownBy(() -> write(event, Set.of(EventColumn.RATING)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot write an event with a value of review into a file that was opened without this"
                + " column");
  }

  private static Event event() {
    var event = new Event();
    event.setEventTime(Instant.parse("2019-10-01T05:00:00Z"));
    event.setEventType(new Utf8("view"));
    event.setQuantity(1);
    event.setEventId(new Utf8("e"));
    return event;
  }

  private Path path() {
    return new Path(folder.resolve("hour.avro").toUri());
  }

  private InputFile write(Event event, Set<EventColumn> columns) throws IOException {
    var fileSystem = FileSystem.getLocal(configuration);
    try (var writer = AvroEventWriter.open(fileSystem, path(), configuration, columns)) {
      writer.write(event);
      return new InputFile(path().toString(), partition(), writer.finish().file().bytes());
    }
  }

  private static Partition partition() {
    return Partition.ofDay("sample", LocalDate.of(2019, 10, 1));
  }

  private Event read(InputFile file) throws IOException {
    try (var reader =
        EventFileReader.open(FileSystem.getLocal(configuration), file, configuration)) {
      return reader.next(null);
    }
  }

  private byte[] key(InputFile file) throws IOException {
    try (var reader = EventKeyReader.open(FileSystem.getLocal(configuration), file)) {
      var key = new EventKey();
      assertThat(reader.next()).isTrue();
      reader.encode(key);
      return java.util.Arrays.copyOf(key.bytes(), key.length());
    }
  }

  private static byte[] key(Event event) {
    var key = new EventKey();
    key.encode(event);
    return java.util.Arrays.copyOf(key.bytes(), key.length());
  }
}
