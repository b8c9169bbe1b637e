package org.clickmill.benchmarks.kernels;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
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

/** Nanoseconds an event of decoding JSON lines of nine keys, all of which are mapped. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DayFile.EVENTS)
public class JsonKernel {
  private final JsonFactory factory = new JsonFactory();
  private final Map<String, Integer> columns = new HashMap<>();
  private Path file;
  private Mapping mapping;

  @Setup(Level.Trial)
  public void write(DayFile day) throws IOException {
    file = day.generated(FileFormat.JSON);
    mapping = Mapping.load("rees46", day.configuration);
    for (var name : CharEvent.COLUMNS) {
      columns.put(name, columns.size());
    }
    EventSum.requireEqual(events(day), jackson());
  }

  /** As import decodes it: checked, and with the place of each record. */
  @Benchmark
  public long events(DayFile day) throws IOException {
    return EventSum.of(day, file, mapping);
  }

  /**
   * The same events by one streaming parser for the whole file, each value as a range of its
   * buffer. A line that is not JSON would end it: import could not read so.
   */
  @Benchmark
  public long jackson() throws IOException {
    long sum = 0;
    var event = new CharEvent();
    try (var in = Files.newInputStream(java.nio.file.Path.of(file.toUri()));
        var parser = factory.createParser(in)) {
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        event.clear();
        object(parser, event);
        sum += EventSum.of(event.event());
      }
    }
    return sum;
  }

  private void object(JsonParser parser, CharEvent event) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var column = columns.get(parser.currentName());
      var value = parser.nextToken();
      if (column != null && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        event.set(
            column, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      } else {
        parser.skipChildren();
      }
    }
  }
}
