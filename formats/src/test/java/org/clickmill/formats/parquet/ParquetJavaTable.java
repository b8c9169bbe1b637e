package org.clickmill.formats.parquet;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.clickmill.formats.table.TableSchema;

/** Writes rows of a table by parquet-java alone, to compare with. */
final class ParquetJavaTable {
  private ParquetJavaTable() {}

  /** Writes rows into one row group. */
  static void write(Path path, TableSchema schema, List<Object[]> rows, int dictionaryBytes)
      throws IOException {
    var file = HadoopOutputFile.fromPath(path, new Configuration());
    try (var writer =
        new Builder(file, schema)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withDictionaryEncoding(dictionaryBytes > 0)
            .withDictionaryPageSize(Math.max(dictionaryBytes, 1))
            .withRowGroupSize(1L << 30)
            .build()) {
      for (var row : rows) {
        writer.write(row);
      }
    }
  }

  private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
    private final TableSchema schema;

    Builder(OutputFile file, TableSchema schema) {
      super(file);
      this.schema = schema;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, so it must be there
    protected WriteSupport<Object[]> getWriteSupport(Configuration configuration) {
      return new Support(schema);
    }
  }

  private static final class Support extends WriteSupport<Object[]> {
    private final TableSchema schema;
    private RecordConsumer consumer;

    Support(TableSchema schema) {
      this.schema = schema;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, so it must be there
    public WriteContext init(Configuration configuration) {
      return new WriteContext(schema.toParquet(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      consumer = recordConsumer;
    }

    @Override
    public void write(Object[] row) {
      consumer.startMessage();
      for (int i = 0; i < row.length; i++) {
        if (row[i] != null) {
          var column = schema.columns().get(i);
          consumer.startField(column.name(), i);
          write(column.type(), row[i]);
          consumer.endField(column.name(), i);
        }
      }
      consumer.endMessage();
    }

    private void write(TableSchema.Type type, Object value) {
      switch (type) {
        case INT, DATE -> consumer.addInteger(((Long) value).intValue());
        case LONG, MONEY -> consumer.addLong((Long) value);
        case TIME -> consumer.addLong(1000 * (Long) value);
        case DOUBLE -> consumer.addDouble((Double) value);
        case FLOAT -> consumer.addFloat(((Double) value).floatValue());
        case BOOLEAN -> consumer.addBoolean((Boolean) value);
        case STRING -> consumer.addBinary(Binary.fromString((String) value));
        case BINARY -> consumer.addBinary(Binary.fromConstantByteArray((byte[]) value));
      }
    }
  }
}
