package org.clickmill.formats.mapping;

import java.util.ArrayList;
import java.util.List;

/** A dotted path into a nested record; {@code \.} is a point that belongs to a name. */
final class FieldPath {
  private FieldPath() {}

  static List<String> split(String path) {
    var steps = new ArrayList<String>();
    var step = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\\' && i + 1 < path.length() && path.charAt(i + 1) == '.') {
        step.append('.');
        i++;
      } else if (c == '.') {
        steps.add(step.toString());
        step.setLength(0);
      } else {
        step.append(c);
      }
    }
    steps.add(step.toString());
    return List.copyOf(steps);
  }
}
