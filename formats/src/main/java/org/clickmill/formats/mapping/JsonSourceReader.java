package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;

/** Reads one JSON object a line, or the objects of an array. */
final class JsonSourceReader extends LineSourceReader {
  private final JsonRecords fields;

  /** The first record that is an event, or may be several; null if there was none so far. */
  private byte[] first;

  private JsonSourceReader(
      SourcePart part, Mapping mapping, Configuration configuration, boolean isArray)
      throws IOException {
    super(part, mapping, configuration, isArray);
    fields = JsonRecords.of(assembler().sourced(), several(), mapping.name());
  }

  static JsonSourceReader ofFile(SourcePart part, Mapping mapping, Configuration configuration)
      throws IOException {
    return JsonArrays.isArray(part, mapping.definition(), configuration)
        ? new JsonSourceReader(JsonArrays.part(part), mapping, configuration, true)
        : new JsonSourceReader(part, mapping, configuration, false);
  }

  @Override
  void startFile() {
    // Each line names its own fields.
  }

  @Override
  void fillFromLine(EventAssembler target, byte[] bytes, int start, int end)
      throws BadValueException, IOException {
    fields.fill(target, bytes, start, end);
    if (first == null) {
      first = Arrays.copyOfRange(bytes, start, end);
    }
  }

  @Override
  String presentColumns() {
    return first == null
        ? ""
        : JsonPaths.of(first)
            + (several() == null ? " (in its first event)" : " (in its first record)");
  }
}
