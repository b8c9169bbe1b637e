package org.clickmill.formats.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that paths go through, as a tree: what of a record has to be read. A step into an array
 * changes nothing: the names of its items are those behind it.
 */
final class SourceNames {
  private final Map<String, SourceNames> children = new HashMap<>();

  /** Reads the JSON that the text here holds; null if no path goes into it. */
  private JsonTree json;

  static SourceNames of(List<SourcePath> paths) {
    var root = new SourceNames();
    for (var path : paths) {
      var node = root;
      for (var step : path.steps()) {
        node = node.with(step);
      }
    }
    return root;
  }

  /** What is read of a value of that name; null for nothing. */
  SourceNames child(String name) {
    return children.get(name);
  }

  Set<String> names() {
    return children.keySet();
  }

  /** The reader of the JSON that the text here holds. */
  JsonTree json() {
    return json;
  }

  /** What is read behind a step of one of the paths. */
  SourceNames behind(SourcePath.Step step) {
    if (step instanceof SourcePath.Name name) {
      return children.get(name.name());
    }
    return step instanceof SourcePath.Json ? json.names() : this;
  }

  private SourceNames with(SourcePath.Step step) {
    if (step instanceof SourcePath.Name name) {
      return children.computeIfAbsent(name.name(), any -> new SourceNames());
    }
    if (step instanceof SourcePath.Find find) {
      children.computeIfAbsent(find.key(), any -> new SourceNames());
    }
    if (step instanceof SourcePath.Json) {
      json = json == null ? new JsonTree(new SourceNames()) : json;
      return json.names();
    }
    return this;
  }
}
