package org.clickmill.benchmarks.kernels;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.avro.AvroBlocks;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.fs.SizeLimit;
import org.clickmill.formats.read.BatchFiles;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds an event of reading two fields of an Avro file of events. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DayFile.EVENTS)
public class AvroKernel {
  private static final List<String> COLUMNS = List.of("event_type", "quantity");

  private InputFile file;
  private Schema projection;

  @Setup(Level.Trial)
  public void write(DayFile day) throws IOException {
    var path = day.newFile("avro");
    try (var reader = EventFileReader.open(day.fileSystem(), day.file(), day.configuration);
        var writer = AvroEventWriter.open(day.fileSystem(), path, day.configuration)) {
      for (var event = reader.next(null); event != null; event = reader.next(event)) {
        writer.write(event);
      }
      long bytes = writer.finish().file().bytes();
      file = new InputFile(path.toString(), day.file().partition(), bytes);
    }
    var schema = Event.getClassSchema();
    projection =
        Schema.createRecord(
            schema.getName(),
            null,
            schema.getNamespace(),
            false,
            COLUMNS.stream()
                .map(name -> new Schema.Field(name, schema.getField(name).schema(), null, null))
                .toList());
  }

  /** The fields as columns of a batch. */
  @Benchmark
  public long batches(DayFile day) throws IOException {
    var request = BatchRequest.of(EventRows.SCHEMA, COLUMNS);
    long sum = 0;
    try (var reader = BatchFiles.open(day.fileSystem(), file, request, day.configuration)) {
      while (reader.next()) {
        var batch = reader.batch();
        var types = batch.strings(COLUMNS.get(0));
        long[] quantities = batch.longs(COLUMNS.get(1)).values();
        for (int row = 0; row < batch.size(); row++) {
          sum += types.length(types.ids()[row]) + quantities[row];
        }
      }
    }
    return sum;
  }

  /** The fields as records, by Avro's reader of records from checked blocks, as import reads. */
  @Benchmark
  public long records(DayFile day) throws IOException {
    long sum = 0;
    try (var bytes = FileBytes.open(day.fileSystem(), new Path(file.path()), file.bytes())) {
      var blocks = AvroBlocks.open(bytes, 0, Long.MAX_VALUE, SizeLimit.ofMemory());
      var reader = new GenericDatumReader<IndexedRecord>(blocks.schema(), projection);
      IndexedRecord event = null;
      while (blocks.next()) {
        for (long i = 0; i < blocks.rows(); i++) {
          event = reader.read(event, blocks.decoder());
          sum += sum(event);
        }
      }
    }
    return sum;
  }

  /** The same records by Avro alone. */
  @Benchmark
  public long avro(DayFile day) throws IOException {
    long sum = 0;
    var datums = new GenericDatumReader<IndexedRecord>(null, projection);
    try (var in = day.fileSystem().open(new Path(file.path()));
        var reader = new DataFileStream<>(in, datums)) {
      IndexedRecord event = null;
      while (reader.hasNext()) {
        event = reader.next(event);
        sum += sum(event);
      }
    }
    return sum;
  }

  private static long sum(IndexedRecord event) {
    return (long) ((CharSequence) event.get(0)).length() + (int) event.get(1);
  }
}
