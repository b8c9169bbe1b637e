package org.clickmill.formats.guess;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the lines of a mapping. */
final class GuessedYaml {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> OTHER_THAN_TEXT =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private final List<String> lines = new ArrayList<>();

  /** A comment of its own line. */
  void comment(String text) {
    lines.add("# " + text);
  }

  /**
   * A line with a comment.
   *
   * @param comment may be empty
   */
  void line(String text, String comment) {
    lines.add(comment.isEmpty() ? text : text + "  # " + comment);
  }

  /** A field of the event, in the short form where its source is all that there is to say. */
  void field(String field, String source, Map<String, String> options, String comment) {
    if (options.isEmpty()) {
      line("  " + field + ": " + quoted(source), comment);
      return;
    }
    var all = new ArrayList<String>();
    all.add("from: " + quoted(source));
    options.forEach((key, value) -> all.add(key + ": " + value));
    line("  " + field + ": {" + String.join(", ", all) + "}", comment);
  }

  String text() {
    return String.join("\n", lines);
  }

  /** A text as YAML takes it for one, also inside braces. */
  static String quoted(String text) {
    if (text.matches("[A-Za-z][A-Za-z0-9_.-]*( [A-Za-z0-9_.-]+)*")
        && !OTHER_THAN_TEXT.contains(FieldNames.plain(text))) {
      return text;
    }
    try {
      // JSON's quotes and escapes are YAML's, but for these, which YAML's lines end with.
      return JSON.writeValueAsString(text)
          .replace("\u0085", "\\u0085")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String map(Map<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
