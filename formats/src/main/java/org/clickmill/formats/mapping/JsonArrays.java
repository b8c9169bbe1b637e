package org.clickmill.formats.mapping;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Files of JSON that are an array of records, and not a record a line. */
final class JsonArrays {
  /** The byte order mark of UTF-8. */
  static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private JsonArrays() {}

  /** Whether a file begins with a bracket, but for white space. */
  static boolean isArray(SourcePart part, MappingDefinition definition, Configuration configuration)
      throws IOException {
    try (var in = part.open();
        var text = TextInput.open(in, part.path(), part.length(), definition, configuration)) {
      int marks = 0;
      for (int b = text.read(); b >= 0; b = text.read()) {
        boolean isMark = marks < MARK.length && (byte) b == MARK[marks];
        marks = isMark ? marks + 1 : MARK.length;
        if (!isMark && b != ' ' && b != '\n' && b != '\r' && b != '\t') {
          return b == '[';
        }
      }
      return false;
    }
  }

  /** What a task reads of an array: all of it, if the task's part is the first, else nothing. */
  static SourcePart part(SourcePart part) {
    return new SourcePart(
        part.fileSystem(),
        part.path(),
        part.identity(),
        0,
        part.start() == 0 && part.end() > 0 ? Long.MAX_VALUE : 0);
  }
}
