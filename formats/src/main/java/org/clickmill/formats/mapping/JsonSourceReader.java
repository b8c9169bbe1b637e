package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads one JSON object a line. */
final class JsonSourceReader extends LineSourceReader {
  private final JsonFields fields;

  /** Null as long as no record was an event. */
  private byte[] firstEvent;

  JsonSourceReader(
      FileSystem fileSystem,
      Path path,
      Mapping mapping,
      String identity,
      Configuration configuration)
      throws IOException {
    super(fileSystem, path, mapping, identity, configuration);
    fields = new JsonFields(assembler().sourced(), mapping.name());
  }

  @Override
  void start() {
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
