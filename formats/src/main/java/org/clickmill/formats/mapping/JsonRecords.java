package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.List;

/** Reads JSON objects for a mapping. */
interface JsonRecords {
  /**
   * Calls every setter once with a value of the one object in the text, or begins the events of it.
   *
   * @param bytes valid UTF-8
   */
  void fill(EventAssembler target, byte[] bytes, int start, int end)
      throws BadValueException, IOException;

  /**
   * @param several null if each object is one event
   */
  static JsonRecords of(List<FieldMapping> sourced, RecordEvents several, String mapping) {
    if (several == null) {
      return new JsonFields(sourced, mapping);
    }
    var tree = new JsonTree(several.names());
    return (target, bytes, start, end) -> several.begin(tree.object(bytes, start, end));
  }
}
