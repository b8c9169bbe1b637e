package org.clickmill.benchmarks.kernels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.Row;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds a row of writing a table, fingerprint included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DayFile.EVENTS)
public class WriteKernel {
  private final List<Event> events = new ArrayList<>();

  @Setup(Level.Trial)
  public void read(DayFile day) throws IOException {
    events.clear();
    try (var reader = EventFileReader.open(day.fileSystem(), day.file(), day.configuration)) {
      for (var event = reader.next(new Event()); event != null; event = reader.next(new Event())) {
        events.add(event);
      }
    }
  }

  @Benchmark
  public long rows(DayFile day) throws IOException {
    var path = day.newFile();
    var row = new Row(EventRows.SCHEMA);
    try (var writer =
        ParquetTableWriter.open(day.fileSystem(), path, EventRows.SCHEMA, day.configuration)) {
      for (var event : events) {
        row.clear();
        EventRows.fill(row, event);
        writer.write(row);
      }
      long bytes = writer.finish().file().bytes();
      if (!day.fileSystem().delete(path, false)) {
        throw new IOException("Cannot delete " + path);
      }
      return bytes;
    }
  }
}
