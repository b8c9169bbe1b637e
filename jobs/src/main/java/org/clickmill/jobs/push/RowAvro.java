package org.clickmill.jobs.push;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.TableSchema.Column;
import org.clickmill.formats.warehouse.Manifest;

/**
 * Values in Avro behind the header of a schema registry: a zero byte and the id of the schema. The
 * record has the fields {@code _table}, {@code _partition}, {@code _version} and {@code dt}, then
 * the table's columns in their logical types.
 */
final class RowAvro implements RowValues {
  private static final int OWN_FIELDS = 4;

  private final List<Column> columns;
  private final byte[] header;
  private final GenericRecord record;
  private final GenericDatumWriter<GenericRecord> writer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PresentColumns present = new PresentColumns();
  private BinaryEncoder encoder;

  /**
   * @param schema what {@link #schema} made of the table
   * @param id of the schema in its registry
   */
  RowAvro(PushTable table, Schema schema, int id) {
    this.columns = table.schema().columns();
    this.header = ByteBuffer.allocate(1 + Integer.BYTES).put((byte) 0).putInt(id).array();
    this.record = new GenericData.Record(schema);
    this.writer = new GenericDatumWriter<>(schema);
  }

  /**
   * The schema of a table's values, named as the table, since tables whose rows are described by
   * one schema have columns of their own. Columns that may be missing have the default null.
   */
  static Schema schema(PushTable table) {
    var own =
        SchemaBuilder.record("Own")
            .fields()
            .requiredString("_table")
            .requiredString("_partition")
            .requiredInt("_version")
            .requiredString("dt")
            .endRecord();
    var fields = new ArrayList<Schema.Field>();
    own.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    var avro = table.schema().avro();
    for (var field : avro.getFields()) {
      fields.add(new Schema.Field(field.name(), field.schema(), field.doc(), defaultValue(field)));
    }
    return Schema.createRecord(
        name(table.dataset()), avro.getDoc(), avro.getNamespace(), false, fields);
  }

  @Override
  public byte[] write(TableReader row, Manifest manifest, byte[] unused) throws IOException {
    record.put(0, manifest.dataset());
    record.put(1, manifest.partition());
    record.put(2, manifest.version());
    record.put(3, manifest.where().day().toString());
    for (int i = 0; i < columns.size(); i++) {
      record.put(OWN_FIELDS + i, value(row, columns.get(i)));
    }
    bytes.reset();
    bytes.write(header);
    encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
    writer.write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  /** {@code SalesByBrand} of {@code sales_by_brand}. */
  private static String name(String dataset) {
    var name = new StringBuilder();
    for (var word : dataset.split("_", -1)) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.toString();
  }

  private static Object defaultValue(Schema.Field field) {
    if (field.hasDefaultValue()) {
      return field.defaultVal();
    }
    var type = field.schema();
    return type.isUnion() && type.getTypes().get(0).getType() == Schema.Type.NULL
        ? JsonProperties.NULL_VALUE
        : null;
  }

  private Object value(TableReader row, Column column) {
    var name = column.name();
    if (!present.has(row, name)) {
      var field = record.getSchema().getField(name);
      return field.hasDefaultValue() ? GenericData.get().getDefaultValue(field) : null;
    }
    return switch (column.type()) {
      case INT, DATE -> (int) row.longValue(name);
      case LONG, TIME -> row.longValue(name);
      case MONEY -> Money.toAvro(row.longValue(name));
      case BOOLEAN -> row.booleanValue(name);
      case FLOAT -> (float) row.doubleValue(name);
      case DOUBLE -> row.doubleValue(name);
      case STRING -> row.text(name);
      case BINARY -> ByteBuffer.wrap(row.bytes(name));
    };
  }
}
