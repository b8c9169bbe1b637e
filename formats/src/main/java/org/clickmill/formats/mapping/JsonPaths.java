package org.clickmill.formats.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;

/** The paths of a JSON object's values, as a mapping would name them. */
final class JsonPaths {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int MOST = 100;

  private JsonPaths() {}

  /**
   * The first paths of an object, for people.
   *
   * @param object valid JSON
   */
  static String of(byte[] object) {
    var paths = new LinkedHashSet<String>();
    try {
      collect(object, paths);
    } catch (IOException e) {
      // The paths before that place are enough for a message.
    }
    return String.join(", ", paths);
  }

  private static void collect(byte[] object, Set<String> paths) throws IOException {
    var outer = new ArrayDeque<String>();
    try (var parser = FACTORY.createParser(object)) {
      String name = null;
      for (var token = parser.nextToken();
          token != null && paths.size() < MOST;
          token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          var step = SourcePath.quotedStep(parser.currentName());
          name = outer.isEmpty() ? step : outer.peek() + step;
        } else if (token == JsonToken.START_OBJECT) {
          outer.push(name == null ? "" : name + ".");
        } else if (token == JsonToken.END_OBJECT) {
          outer.pop();
        } else {
          paths.add(name);
          parser.skipChildren();
        }
      }
    }
  }
}
