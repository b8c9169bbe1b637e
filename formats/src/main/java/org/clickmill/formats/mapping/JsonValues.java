package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.List;

/** Values that are one JSON object, with white space of any kind around it. */
final class JsonValues implements ValueDecoder {
  private final JsonRecords fields;

  JsonValues(List<FieldMapping> sourced, RecordEvents several, String mapping) {
    fields = JsonRecords.of(sourced, several, mapping);
  }

  @Override
  public void fill(EventAssembler target, byte[] bytes, int offset, int length)
      throws BadValueException, IOException {
    var problem = Utf8Bytes.problem(bytes, offset, length);
    if (problem != null) {
      throw new BadValueException(problem);
    }
    fields.fill(target, bytes, offset, offset + length);
  }
}
