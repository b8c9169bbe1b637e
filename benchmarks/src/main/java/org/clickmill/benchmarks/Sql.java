package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** SQL that lies beside the classes, with places for paths as <code>${name}</code>. */
final class Sql {
  private Sql() {}

  /** The statements of a resource with the paths filled in. */
  static List<String> statements(String resource, Map<String, Path> paths) throws IOException {
    String text;
    try (var stream = Sql.class.getResourceAsStream(resource)) {
      text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (var path : paths.entrySet()) {
      text =
          text.replace("${" + path.getKey() + "}", path.getValue().toString().replace("'", "''"));
    }
    return Arrays.stream(text.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
