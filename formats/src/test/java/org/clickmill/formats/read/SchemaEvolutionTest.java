package org.clickmill.formats.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of older and newer suites, and of others that write events. */
final class SchemaEvolutionTest {
  private static final String TIME_AND_TYPE =
      "required int64 event_time (TIMESTAMP(MILLIS,true)); required binary event_type (STRING); ";

  @TempDir java.nio.file.Path folder;

  private final Configuration configuration = new Configuration(false);
  private FileSystem fileSystem;

  @BeforeEach
  void openFileSystem() throws IOException {
    fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
  }

  @Test
  void missingFieldsOfAvroAreFilledWithDefaults() throws IOException {
    var schema = timeAndType(SchemaBuilder.record("Event").fields()).endRecord();
    assertHasDefaults(avro(record(schema)));
  }

  @Test
  void missingColumnsOfParquetAreFilledWithDefaults() throws IOException {
    assertHasDefaults(parquet(row(TIME_AND_TYPE)));
  }

  @Test
  void unknownFieldOfAvroIsAnErrorThatNamesIt() throws IOException {
    var schema =
        timeAndType(SchemaBuilder.record("Event").fields())
            .name("colours")
            .type()
            .array()
            .items()
            .stringType()
            .noDefault()
            .endRecord();
    var record = record(schema);
    record.put("colours", List.of("red", "green"));
    var file = avro(record);
    assertThatThrownBy(() -> RandomEvents.read(fileSystem, file, configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot read %s: unknown field 'colours' (written by a newer suite?)", file.path());
  }

  @Test
  void unknownColumnOfParquetIsAnErrorThatNamesIt() throws IOException {
    var row = row(TIME_AND_TYPE + "optional binary colour (STRING); ");
    var file = parquet(row);
    assertThatThrownBy(() -> RandomEvents.read(fileSystem, file, configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot read %s: unknown field 'colour' (written by a newer suite?)", file.path());
  }

  @Test
  void batchesPassOverFieldsThatTheyDoNotKnow() throws IOException {
    var schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Event", "fields": [
                  {"name": "tags", "type": {"type": "map", "values": {"type": "array",
                    "items": ["null", "double"]}}},
                  {"name": "shop", "type": {"type": "record", "name": "Shop", "fields": [
                    {"name": "country", "type": {"type": "enum", "name": "Country",
                      "symbols": ["DE", "FR"]}},
                    {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 3}},
                    {"name": "open", "type": "boolean"}, {"name": "area", "type": "float"}]}},
                  {"name": "event_time",
                    "type": {"type": "long", "logicalType": "timestamp-millis"}},
                  {"name": "event_type", "type": "string"}]}
                """);
    var shop = schema.getField("shop").schema();
    var nested = new GenericData.Record(shop);
    nested.put("country", new GenericData.EnumSymbol(shop.getField("country").schema(), "FR"));
    nested.put("hash", new GenericData.Fixed(shop.getField("hash").schema(), new byte[] {1, 2, 3}));
    nested.put("open", true);
    nested.put("area", 12.5f);
    var record = record(schema);
    record.put("tags", Map.of("a", Arrays.asList(1.5, null)));
    record.put("shop", nested);
    var request = BatchRequest.of(EventRows.SCHEMA, List.of("event_type", "event_time"));
    try (var reader = BatchFiles.open(fileSystem, avro(record), request, configuration)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.batch().longs("event_time").values()[0]).isEqualTo(1234);
      assertThat(reader.batch().strings("event_type").text(0)).isEqualTo("view");
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void intsBecomeLongs() throws IOException {
    var schema =
        timeAndType(SchemaBuilder.record("Event").fields())
            .optionalInt("source_offset")
            .endRecord();
    var record = record(schema);
    record.put("source_offset", 77);
    var row = row(TIME_AND_TYPE + "optional int32 source_offset; ");
    row.add("source_offset", 77);
    assertThat(only(avro(record)).getSourceOffset()).isEqualTo(77);
    assertThat(only(parquet(row)).getSourceOffset()).isEqualTo(77);
  }

  @Test
  void otherTypesAreAnErrorThatNamesBoth() throws IOException {
    var schema =
        timeAndType(SchemaBuilder.record("Event").fields()).optionalDouble("quantity").endRecord();
    var file = avro(record(schema));
    assertThatThrownBy(() -> RandomEvents.read(fileSystem, file, configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot read %s: field quantity is [\"null\",\"double\"] in the file, but INT here",
            file.path());
    var other = parquet(row(TIME_AND_TYPE + "optional int64 brand (TIMESTAMP(MILLIS,true)); "));
    assertThatThrownBy(() -> RandomEvents.read(fileSystem, other, configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot read %s: column brand is INT64 TIMESTAMP(MILLIS,true) in the file,"
                + " but STRING here",
            other.path());
    var nested = parquet(row(TIME_AND_TYPE + "optional group brand { optional int32 x; } "));
    assertThatThrownBy(() -> RandomEvents.read(fileSystem, nested, configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot read %s: column brand is nested in the file, but STRING here", nested.path());
  }

  @Test
  void missingTimeIsAnErrorThatSaysWhatIsThere() throws IOException {
    var file = parquet(row("required binary event_type (STRING); optional int32 quantity; "));
    assertThatThrownBy(() -> RandomEvents.read(fileSystem, file, configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot read %s: column event_time is missing (there are event_type, quantity)",
            file.path());
  }

  @Test
  void amountsOfAnotherScaleBecomeMoneyUnlessDigitsAreLost() throws IOException {
    var fine = row(TIME_AND_TYPE + "optional int64 price (DECIMAL(18,6)); ");
    fine.add("price", 1_230_000L);
    assertThat(Money.fromAvro(only(parquet(fine)).getPrice())).isEqualTo(12_300);
    var finer = row(TIME_AND_TYPE + "optional int64 price (DECIMAL(18,6)); ");
    finer.add("price", 1_230_001L);
    var file = parquet(finer);
    assertThatThrownBy(() -> RandomEvents.read(fileSystem, file, configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot read %s: column price, row group 0: the amount 1.230001 has more than 4"
                + " decimals",
            file.path());
  }

  @Test
  void missingValueThatMustBeThereIsAnError() throws IOException {
    var row = row(TIME_AND_TYPE + "optional int32 quantity; ");
    var file = parquet(row);
    assertThatThrownBy(() -> RandomEvents.read(fileSystem, file, configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot read %s: column quantity, row group 0: 1 rows without a value that they must"
                + " have",
            file.path());
  }

  private void assertHasDefaults(InputFile file) throws IOException {
    var event = only(file);
    assertThat(event.getEventTime().toEpochMilli()).isEqualTo(1234);
    assertThat((Object) event.getEventType()).isEqualTo(new Utf8("view"));
    assertThat(event.getQuantity()).isEqualTo(1);
    assertThat((Object) event.getBrand()).isNull();
    assertThat(event.getPrice()).isNull();
    assertThat(event.getSourceOffset()).isNull();
  }

  private Event only(InputFile file) throws IOException {
    var events = RandomEvents.read(fileSystem, file, configuration);
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private static SchemaBuilder.FieldAssembler<Schema> timeAndType(
      SchemaBuilder.FieldAssembler<Schema> fields) {
    var time = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    return fields.name("event_time").type(time).noDefault().requiredString("event_type");
  }

  private static GenericRecord record(Schema schema) {
    var record = new GenericData.Record(schema);
    record.put("event_time", 1234L);
    record.put("event_type", "view");
    return record;
  }

  private InputFile avro(GenericRecord record) throws IOException {
    var file = folder.resolve("events-" + System.nanoTime() + ".avro").toFile();
    try (var writer =
        new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(record.getSchema()))) {
      writer.create(record.getSchema(), file);
      writer.append(record);
    }
    return RandomEvents.file(new Path(file.toURI()), file.length());
  }

  private static SimpleGroup row(String columns) {
    MessageType schema = MessageTypeParser.parseMessageType("message events { " + columns + "}");
    var group = new SimpleGroup(schema);
    if (schema.containsField("event_time")) {
      group.add("event_time", 1234L);
    }
    group.add("event_type", "view");
    return group;
  }

  private InputFile parquet(SimpleGroup row) throws IOException {
    var path = new Path(folder.resolve("events-" + System.nanoTime() + ".parquet").toUri());
    try (var writer =
        ExampleParquetWriter.builder(path).withType((MessageType) row.getType()).build()) {
      writer.write(row);
    }
    return RandomEvents.file(path, fileSystem.getFileStatus(path).getLen());
  }
}
