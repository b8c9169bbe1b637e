package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;

/** Reads one JSON object a line. */
final class JsonSourceReader extends LineSourceReader {
  private final JsonFields fields;

  /** Null as long as no record was an event. */
  private byte[] firstEvent;

  JsonSourceReader(SourcePart part, Mapping mapping, Configuration configuration)
      throws IOException {
    super(part, mapping, configuration);
    fields = new JsonFields(assembler().sourced(), mapping.name());
  }

  @Override
  void startFile() {
    // Each line names its own fields.
  }

  @Override
  void fillFromLine(EventAssembler target, byte[] bytes, int start, int end)
      throws BadValueException, IOException {
    fields.fill(target, bytes, start, end);
    if (firstEvent == null) {
      firstEvent = Arrays.copyOfRange(bytes, start, end);
    }
  }

  @Override
  String presentColumns() {
    return JsonPaths.of(firstEvent) + " (in its first event)";
  }
}
