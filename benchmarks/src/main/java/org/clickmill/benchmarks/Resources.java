package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The peers' SQL and settings, which lie beside the classes. */
final class Resources {
  private Resources() {}

  /** A file's text. */
  static String text(String name) throws IOException {
    try (var stream = Resources.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new BenchmarkException("Cannot find resource %s", name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A file's text with its places, written <code>${name}</code>, filled in. */
  static String text(String name, Map<String, ?> places) throws IOException {
    var text = text(name);
    for (var place : places.entrySet()) {
      text = text.replace("${" + place.getKey() + "}", place.getValue().toString());
    }
    return text;
  }

  /** The lines of a file of options, filled in, without its comments. */
  static List<String> options(String name, Map<String, ?> places) throws IOException {
    return text(name, places)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }
}
