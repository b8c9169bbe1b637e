package org.clickmill.formats.write;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.clickmill.formats.failure.ClickmillException;

/** Hands the values of rows to Parquet. */
final class RowWriteSupport extends WriteSupport<Row> {
  private final TableSchema schema;
  private final Map<String, String> metadata;
  private final TableSchema.Column[] columns;
  private RecordConsumer consumer;

  RowWriteSupport(TableSchema schema, Map<String, String> metadata) {
    this.schema = schema;
    this.metadata = Map.copyOf(metadata);
    this.columns = schema.columns().toArray(TableSchema.Column[]::new);
  }

  @Override
  public String getName() {
    return "clickmill";
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(schema.toParquet(), metadata);
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public void write(Row row) {
    consumer.startMessage();
    for (int i = 0; i < columns.length; i++) {
      var column = columns[i];
      if (row.isNull(i)) {
        if (!column.nullable()) {
          throw ClickmillException.failed(
              "Missing value: column %s of table %s is never NULL", column.name(), schema.name());
        }
        continue;
      }
      consumer.startField(column.name(), i);
      switch (column.type()) {
        case INT, DATE -> consumer.addInteger((int) row.longValue(i));
        case LONG, MONEY, TIME -> consumer.addLong(row.longValue(i));
        case DOUBLE -> consumer.addDouble(row.doubleValue(i));
        case FLOAT -> consumer.addFloat((float) row.doubleValue(i));
        case BOOLEAN -> consumer.addBoolean(row.booleanValue(i));
        case STRING, BINARY ->
            consumer.addBinary(Binary.fromReusedByteArray(row.bytes(i), 0, row.bytesLength(i)));
      }
      consumer.endField(column.name(), i);
    }
    consumer.endMessage();
  }
}
