package org.clickmill.formats.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.mapping.FieldMapping.NumberOptions;
import org.clickmill.formats.mapping.FieldMapping.TextOptions;
import org.clickmill.formats.mapping.FieldMapping.TimeOptions;

/** Reads what a mapping's YAML says of one field. */
final class FieldYaml {
  private static final Set<String> KEYS =
      Set.of(
          "from",
          "message",
          "constant",
          "format",
          "zone",
          "zone-from",
          "values",
          "round",
          "as",
          "decimal",
          "thousands",
          "currency-sign",
          "unit",
          "optional");
  private static final List<String> ORIGINS = List.of("from", "message", "constant");

  private final StrictYaml yaml;
  private final SourceYaml sources;
  private final EventField target;
  private final String place;

  FieldYaml(StrictYaml yaml, SourceYaml sources, EventField target) {
    this.yaml = yaml;
    this.sources = sources;
    this.target = target;
    this.place = "field " + target.text();
  }

  FieldMapping read(JsonNode node) {
    if (StrictYaml.isText(node)) {
      return FieldMapping.ofSource(target, sources.source(place, node.asText()));
    }
    yaml.checkKeys(node, KEYS, place + " of mapping " + yaml.origin());
    if (ORIGINS.stream().filter(node::has).count() != 1) {
      throw yaml.invalid("%s needs exactly one of 'from', 'message' and 'constant'", place);
    }
    var mapping =
        new FieldMapping(
            target,
            node.has("from") ? sources.source(place, text(node.path("from"), 0, node)) : null,
            node.has("message") ? part(yaml.text(node, "message")) : null,
            yaml.textOrNull(node, "constant"),
            yaml.flag(node, "optional", place, false),
            textOptions(node),
            numberOptions(node),
            timeOptions(node));
    checkSetter(mapping);
    return mapping;
  }

  private TextOptions textOptions(JsonNode node) {
    checkUse(node, "values", target.kind() == EventField.Kind.TEXT);
    checkUse(node, "as", target.kind() == EventField.Kind.TEXT);
    checkWord(node, "as", "integer");
    return new TextOptions(values(node.get("values")), node.has("as"));
  }

  private NumberOptions numberOptions(JsonNode node) {
    boolean isMoney = target.kind() == EventField.Kind.MONEY;
    checkUse(node, "round", isMoney);
    checkWord(node, "round", "half-even");
    checkUse(node, "unit", isMoney);
    checkWord(node, "unit", "cents");
    checkUse(node, "currency-sign", isMoney);
    checkUse(node, "decimal", isMoney || target.kind() == EventField.Kind.COUNT);
    checkUse(node, "thousands", isMoney || target.kind() == EventField.Kind.COUNT);
    return new NumberOptions(numberForm(node), node.has("round"), node.has("unit"));
  }

  private TimeOptions timeOptions(JsonNode node) {
    boolean isTime = target.kind() == EventField.Kind.TIME;
    checkUse(node, "format", isTime);
    checkUse(node, "zone", isTime);
    checkUse(node, "zone-from", isTime);
    if (node.has("zone-from") && !node.has("from")) {
      throw yaml.invalid("%s: 'zone-from' goes with 'from'", place);
    }
    var from = node.path("from");
    boolean isPair = from.isArray();
    if (isPair && (!isTime || from.size() != 2)) {
      throw yaml.invalid("%s: 'from' is one column, or of a time two: [date, time]", place);
    }
    if (isPair && !node.has("format")) {
      throw yaml.invalid(
          "%s: two columns for one time without a format (such as \"yyyy-MM-dd HH:mm:ss\"; the"
              + " columns are joined by a space)",
          place);
    }
    return new TimeOptions(
        yaml.textOrNull(node, "format"),
        node.has("zone") ? zone(yaml.text(node, "zone")) : ZoneOffset.UTC,
        isPair ? sources.source(place, text(from, 1, node)) : null,
        node.has("zone-from") ? sources.source(place, yaml.text(node, "zone-from")) : null,
        null);
  }

  /** How the field's numbers are written; null for the usual way. */
  private NumberForm numberForm(JsonNode node) {
    boolean hasCurrency = yaml.flag(node, "currency-sign", place, false);
    if (!node.has("decimal") && !node.has("thousands") && !hasCurrency) {
      return null;
    }
    if (node.has("constant")) {
      throw yaml.invalid("%s: a constant is a plain number", place);
    }
    char decimal = separator(node, "decimal", ".,", '.');
    char thousands = separator(node, "thousands", ".,' _", (char) 0);
    if (decimal == thousands) {
      throw yaml.invalid("%s: decimal and thousands are both '%s'", place, decimal);
    }
    return new NumberForm(decimal, thousands, hasCurrency);
  }

  private char separator(JsonNode node, String key, String known, char other) {
    if (!node.has(key)) {
      return other;
    }
    var text = yaml.text(node, key);
    if (text.length() != 1 || known.indexOf(text.charAt(0)) < 0) {
      throw yaml.invalid("%s: %s: '%s' (expected one of %s)", place, key, text, quoted(known));
    }
    return text.charAt(0);
  }

  private static String quoted(String characters) {
    return characters
        .chars()
        .mapToObj(c -> "\"" + Character.toString(c) + "\"")
        .collect(Collectors.joining(", "));
  }

  private void checkUse(JsonNode node, String key, boolean isAllowed) {
    if (node.has(key) && !isAllowed) {
      throw yaml.invalid("field %s cannot have '%s'", target.text(), key);
    }
  }

  private void checkWord(JsonNode node, String key, String word) {
    if (node.has(key) && !yaml.text(node, key).equals(word)) {
      throw yaml.invalid("%s: %s: '%s' (expected %s)", place, key, yaml.text(node, key), word);
    }
  }

  /** Tries the time format and the constant now rather than on the first record. */
  private void checkSetter(FieldMapping mapping) {
    var setter = FieldSetter.of(mapping, new Event(), yaml.origin());
    if (mapping.constant() != null) {
      try {
        setter.text(mapping.constant());
      } catch (BadValueException e) {
        throw yaml.invalid("%s", e.getMessage());
      }
    }
  }

  private MessagePart part(String text) {
    var part = MessagePart.parse(text);
    if (part == null) {
      throw yaml.invalid("%s: message: '%s' (expected %s)", place, text, MessagePart.KNOWN);
    }
    return part;
  }

  private TreeMap<String, String> values(JsonNode node) {
    var values = new TreeMap<String, String>();
    if (node == null) {
      return values;
    }
    if (!node.isObject()) {
      throw yaml.invalid("%s: values must be a map from text to text", place);
    }
    node.properties()
        .forEach(
            entry -> {
              var to = entry.getValue();
              if (!to.isValueNode()) {
                throw yaml.invalid(
                    "%s: values: '%s' is not mapped to a text", place, entry.getKey());
              }
              values.put(entry.getKey(), to.isNull() ? null : to.asText());
            });
    return values;
  }

  private ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw yaml.invalid("%s: unknown zone '%s'", place, text);
    }
  }

  /** The text of 'from', or the item of that index if it is a list. */
  private String text(JsonNode from, int index, JsonNode node) {
    if (!from.isArray()) {
      return yaml.text(node, "from");
    }
    if (!StrictYaml.isText(from.get(index))) {
      throw yaml.invalid("'from' holds what is not a text");
    }
    return from.get(index).asText();
  }
}
