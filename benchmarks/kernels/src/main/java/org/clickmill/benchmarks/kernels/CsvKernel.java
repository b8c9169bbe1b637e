package org.clickmill.benchmarks.kernels;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.testdata.generate.FileFormat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds an event of decoding a CSV file of nine columns, all of which are mapped. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DayFile.EVENTS)
public class CsvKernel {
  private Path file;
  private Mapping mapping;

  @Setup(Level.Trial)
  public void write(DayFile day) throws IOException {
    file = day.generated(FileFormat.CSV);
    mapping = Mapping.load("rees46", day.configuration);
    EventSum.requireEqual(events(day), fastCsv());
  }

  /** As import decodes it: checked, and with the place of each record. */
  @Benchmark
  public long events(DayFile day) throws IOException {
    return EventSum.of(day, file, mapping);
  }

  /** The same events by FastCSV, which passes on each field as a range of its buffer. */
  @Benchmark
  public long fastCsv() throws IOException {
    long sum = 0;
    try (var reader =
        CsvReader.builder().build(new Records(), java.nio.file.Path.of(file.toUri()))) {
      for (var event : reader) {
        sum += EventSum.of(event);
      }
    }
    return sum;
  }

  /** Fills one event again and again; the header is not one. */
  private static final class Records extends AbstractBaseCsvCallbackHandler<Event> {
    private final CharEvent event = new CharEvent();
    private boolean isBehindHeader;

    @Override
    protected void handleField(
        int column, char[] characters, int offset, int length, boolean isQuoted) {
      if (isBehindHeader) {
        event.set(column, characters, offset, length);
      }
    }

    @Override
    protected Event buildRecord() {
      if (isBehindHeader) {
        return event.event();
      }
      isBehindHeader = true;
      return null;
    }
  }
}
