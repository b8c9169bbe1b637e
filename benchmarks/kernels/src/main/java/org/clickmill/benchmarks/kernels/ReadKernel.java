package org.clickmill.benchmarks.kernels;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.clickmill.formats.read.BatchFiles;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.EventRows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds an event of reading columns of a day. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DayFile.EVENTS)
public class ReadKernel {
  @Param({"event_type,product_id", "event_time,event_type,product_id,price,user_id,user_session"})
  public String columns;

  /** Columns as arrays, with dictionary ids. */
  @Benchmark
  public long batches(DayFile day) throws IOException {
    var names = List.of(columns.split(",", -1));
    var request = BatchRequest.of(EventRows.SCHEMA, names);
    long sum = 0;
    try (var reader = BatchFiles.open(day.fileSystem(), day.file(), request, day.configuration)) {
      while (reader.next()) {
        var batch = reader.batch();
        for (var name : names) {
          boolean isText =
              EventRows.SCHEMA.columns().get(EventRows.SCHEMA.ordinal(name)).type().isBytes();
          sum +=
              isText
                  ? sum(batch.strings(name).ids(), batch.size())
                  : sum(batch.longs(name).values(), batch.size());
        }
      }
    }
    return sum;
  }

  /** The same columns by parquet-java's column reader, value by value. */
  @Benchmark
  public long parquetJava(DayFile day) throws IOException {
    long sum = 0;
    var input = HadoopInputFile.fromPath(new Path(day.file().path()), day.configuration);
    try (var reader = ParquetFileReader.open(input)) {
      var schema = reader.getFooter().getFileMetaData().getSchema();
      var wanted =
          new MessageType(
              schema.getName(),
              List.of(columns.split(",", -1)).stream().map(schema::getType).toList());
      reader.setRequestedSchema(wanted);
      for (var pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        var store = new ColumnReadStoreImpl(pages, new Ignored(wanted), wanted, "");
        for (var column : wanted.getColumns()) {
          sum +=
              sum(
                  store.getColumnReader(column),
                  column.getMaxDefinitionLevel(),
                  pages.getRowCount(),
                  column.getPrimitiveType());
        }
      }
    }
    return sum;
  }

  private static long sum(int[] values, int size) {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i];
    }
    return sum;
  }

  private static long sum(long[] values, int size) {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i];
    }
    return sum;
  }

  private static long sum(ColumnReader column, int level, long rows, PrimitiveType type) {
    boolean isText = type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY;
    long sum = 0;
    for (long row = 0; row < rows; row++) {
      if (column.getCurrentDefinitionLevel() == level) {
        sum += isText ? column.getBinary().length() : column.getLong();
      }
      column.consume();
    }
    return sum;
  }

  /** What parquet-java wants to convert records with, which are not made here. */
  private static final class Ignored extends GroupConverter {
    private final Converter[] converters;

    Ignored(MessageType schema) {
      converters = new Converter[schema.getFieldCount()];
      for (int i = 0; i < converters.length; i++) {
        converters[i] = new PrimitiveConverter() {};
      }
    }

    @Override
    public Converter getConverter(int field) {
      return converters[field];
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
