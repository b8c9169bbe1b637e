package org.clickmill.formats.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.failure.ClickmillException;

/** Reads a mapping's YAML and checks every word of it. */
final class MappingYaml {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "description",
          "format",
          "delimiter",
          "header",
          "columns",
          "encoding",
          "multiline",
          "fields");
  private static final Set<String> FIELD_KEYS =
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

  private final String origin;

  private MappingYaml(String origin) {
    this.origin = origin;
  }

  static MappingDefinition read(String yaml, String origin) {
    var mapper =
        new ObjectMapper(
                YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    JsonNode root;
    try {
      root = mapper.readTree(yaml);
    } catch (JsonProcessingException | RuntimeException e) {
      var message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e + "";
      throw ClickmillException.usage("Invalid mapping %s: %s", origin, message, e);
    }
    return new MappingYaml(origin).definition(root);
  }

  private MappingDefinition definition(JsonNode root) {
    checkKeys(root, KEYS, "mapping " + origin);
    var format = root.has("format") ? SourceFormat.parse(text(root, "format"), origin) : null;
    boolean hasHeader =
        format != SourceFormat.WHITESPACE && flag(root, "header", "mapping " + origin, true);
    if (format == SourceFormat.WHITESPACE && (root.has("header") || root.has("delimiter"))) {
      throw invalid("format whitespace has neither header nor delimiter");
    }
    if (format != null && format.hasPaths() && (root.has("header") || root.has("delimiter"))) {
      throw invalid("header and delimiter are for format csv only");
    }
    if (root.has("columns") && (hasHeader || (format != null && format.hasPaths()))) {
      throw invalid("columns is for text without a header only");
    }
    boolean isMultiline = flag(root, "multiline", "mapping " + origin, false);
    if (isMultiline && format != null && format != SourceFormat.CSV) {
      throw invalid("multiline is for format csv only");
    }
    if (root.has("encoding") && format != null && !format.isText()) {
      throw invalid("encoding is for text only");
    }
    boolean isNumbered = !hasHeader;
    var fields = fields(root.get("fields"), isNumbered);
    return new MappingDefinition(
        root.has("name") ? text(root, "name") : null,
        format,
        delimiter(root),
        encoding(root),
        isMultiline,
        hasHeader,
        columns(root),
        fields);
  }

  private List<FieldMapping> fields(JsonNode node, boolean isNumbered) {
    if (node == null || !node.isObject()) {
      throw invalid("missing 'fields:'");
    }
    var mapped = new ArrayList<FieldMapping>();
    for (var field : EventField.values()) {
      if (node.has(field.text())) {
        mapped.add(field(field, node.get(field.text()), isNumbered));
      } else if (field.isRequired()) {
        throw invalid("field %s is missing; every event needs one", field.text());
      }
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (EventField.named(name) == null) {
                throw invalid("unknown field '%s' (known: %s)", name, EventField.allNames());
              }
            });
    return List.copyOf(mapped);
  }

  private FieldMapping field(EventField target, JsonNode node, boolean isNumbered) {
    var place = "field " + target.text();
    if (node.isValueNode() && !node.isNull()) {
      return new FieldMapping(
          target,
          source(target, node.asText(), isNumbered),
          null,
          null,
          null,
          null,
          null,
          null,
          ZoneOffset.UTC,
          new TreeMap<>(),
          false,
          false,
          null,
          false,
          false);
    }
    checkKeys(node, FIELD_KEYS, place + " of mapping " + origin);
    if (ORIGINS.stream().filter(node::has).count() != 1) {
      throw invalid("%s needs exactly one of 'from', 'message' and 'constant'", place);
    }
    checkUse(target, node, "format", EventField.Kind.TIME);
    checkUse(target, node, "zone", EventField.Kind.TIME);
    checkUse(target, node, "round", EventField.Kind.MONEY);
    checkUse(target, node, "values", EventField.Kind.TEXT);
    checkUse(target, node, "as", EventField.Kind.TEXT);
    if (node.has("round") && !text(node, "round").equals("half-even")) {
      throw invalid("%s: round: '%s' (expected half-even)", place, text(node, "round"));
    }
    if (node.has("as") && !text(node, "as").equals("integer")) {
      throw invalid("%s: as: '%s' (expected integer)", place, text(node, "as"));
    }
    checkUse(target, node, "currency-sign", EventField.Kind.MONEY);
    checkUse(target, node, "unit", EventField.Kind.MONEY);
    checkUse(target, node, "zone-from", EventField.Kind.TIME);
    if (node.has("zone-from") && !node.has("from")) {
      throw invalid("%s: 'zone-from' goes with 'from'", place);
    }
    var from = node.path("from");
    boolean isPair = from.isArray();
    if (isPair) {
      if (target.kind() != EventField.Kind.TIME || from.size() != 2) {
        throw invalid("%s: 'from' is one column, or of a time two: [date, time]", place);
      }
      if (!node.has("format")) {
        throw invalid(
            "%s: two columns for one time without a format (such as \"yyyy-MM-dd HH:mm:ss\"; the"
                + " columns are joined by a space)",
            place);
      }
    }
    if (node.has("unit") && !text(node, "unit").equals("cents")) {
      throw invalid("%s: unit: '%s' (expected cents)", place, text(node, "unit"));
    }
    var mapping =
        new FieldMapping(
            target,
            node.has("from") ? source(target, text(from, 0, node), isNumbered) : null,
            isPair ? source(target, text(from, 1, node), isNumbered) : null,
            node.has("zone-from") ? source(target, text(node, "zone-from"), isNumbered) : null,
            null,
            node.has("message") ? part(place, text(node, "message")) : null,
            node.has("constant") ? text(node, "constant") : null,
            node.has("format") ? text(node, "format") : null,
            node.has("zone") ? zone(place, text(node, "zone")) : ZoneOffset.UTC,
            values(place, node.get("values")),
            node.has("round"),
            node.has("as"),
            numberForm(target, node),
            node.has("unit"),
            flag(node, "optional", place, false));
    checkSetter(mapping);
    return mapping;
  }

  /** How the field's numbers are written; null for the usual way. */
  private NumberForm numberForm(EventField target, JsonNode node) {
    boolean isNumber =
        target.kind() == EventField.Kind.MONEY || target.kind() == EventField.Kind.COUNT;
    for (var key : List.of("decimal", "thousands")) {
      if (node.has(key) && !isNumber) {
        throw invalid("field %s cannot have '%s'", target.text(), key);
      }
    }
    var place = "field " + target.text();
    boolean hasCurrency = flag(node, "currency-sign", place, false);
    if (!node.has("decimal") && !node.has("thousands") && !hasCurrency) {
      return null;
    }
    if (node.has("constant")) {
      throw invalid("%s: a constant is a plain number", place);
    }
    char decimal = separator(node, "decimal", place, ".,", '.');
    char thousands = separator(node, "thousands", place, ".,' _", (char) 0);
    if (decimal == thousands) {
      throw invalid("%s: decimal and thousands are both '%s'", place, decimal);
    }
    return new NumberForm(decimal, thousands, hasCurrency);
  }

  private char separator(JsonNode node, String key, String place, String known, char other) {
    if (!node.has(key)) {
      return other;
    }
    var text = text(node, key);
    if (text.length() != 1 || known.indexOf(text.charAt(0)) < 0) {
      throw invalid("%s: %s: '%s' (expected one of %s)", place, key, text, quoted(known));
    }
    return text.charAt(0);
  }

  private static String quoted(String characters) {
    return characters
        .chars()
        .mapToObj(c -> "\"" + Character.toString(c) + "\"")
        .collect(Collectors.joining(", "));
  }

  /** Tries the time format and the constant now rather than on the first record. */
  private void checkSetter(FieldMapping mapping) {
    var setter = FieldSetter.of(mapping, new Event(), origin);
    if (mapping.constant() != null) {
      try {
        setter.text(mapping.constant());
      } catch (BadValueException e) {
        throw invalid("%s", e.getMessage());
      }
    }
  }

  private String source(EventField target, String source, boolean isNumbered) {
    if (source.isEmpty()) {
      throw invalid("field %s: 'from' is empty", target.text());
    }
    if (isNumbered && !source.matches("[1-9][0-9]{0,3}")) {
      throw invalid(
          "field %s: from: '%s' is no column number (there is no header; columns count from 1)",
          target.text(), source);
    }
    return source;
  }

  private MessagePart part(String place, String text) {
    var part = MessagePart.parse(text);
    if (part == null) {
      throw invalid("%s: message: '%s' (expected %s)", place, text, MessagePart.KNOWN);
    }
    return part;
  }

  private SortedMap<String, String> values(String place, JsonNode node) {
    var values = new TreeMap<String, String>();
    if (node == null) {
      return values;
    }
    if (!node.isObject()) {
      throw invalid("%s: values must be a map from text to text", place);
    }
    node.properties()
        .forEach(
            entry -> {
              var to = entry.getValue();
              if (!to.isValueNode()) {
                throw invalid("%s: values: '%s' is not mapped to a text", place, entry.getKey());
              }
              values.put(entry.getKey(), to.isNull() ? null : to.asText());
            });
    return values;
  }

  private ZoneId zone(String place, String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw invalid("%s: unknown zone '%s'", place, text);
    }
  }

  private byte delimiter(JsonNode root) {
    if (!root.has("delimiter")) {
      return 0;
    }
    var text = text(root, "delimiter");
    text = text.equals("tab") ? "\t" : text;
    if (text.length() != 1
        || text.charAt(0) > 127
        || (text.charAt(0) < ' ' && text.charAt(0) != '\t' && text.charAt(0) != 1)
        || text.charAt(0) == '"') {
      throw invalid("delimiter '%s' (expected one ASCII character, or tab)", text);
    }
    return (byte) text.charAt(0);
  }

  private Charset encoding(JsonNode root) {
    if (!root.has("encoding")) {
      return null;
    }
    var name = text(root, "encoding");
    try {
      var charset = Charset.forName(name);
      return charset.equals(StandardCharsets.UTF_8) ? null : charset;
    } catch (IllegalArgumentException e) {
      throw invalid(
          "unknown encoding '%s' (such as utf-8, latin1, iso-8859-15, windows-1252, utf-16,"
              + " shift_jis, or whatever else Java knows)",
          name);
    }
  }

  private int columns(JsonNode root) {
    if (!root.has("columns")) {
      return 0;
    }
    var node = root.get("columns");
    if (!node.canConvertToInt() || node.intValue() < 1) {
      throw invalid("columns '%s' (expected a number from 1)", node.asText());
    }
    return node.intValue();
  }

  private void checkUse(EventField target, JsonNode node, String key, EventField.Kind kind) {
    if (node.has(key) && target.kind() != kind) {
      throw invalid("field %s cannot have '%s'", target.text(), key);
    }
  }

  private void checkKeys(JsonNode node, Set<String> known, String place) {
    if (node == null || !node.isObject()) {
      throw ClickmillException.usage("Invalid mapping %s: %s is not a map", origin, place);
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw ClickmillException.usage(
                    "Invalid mapping %s: unknown key '%s' in %s (known: %s)",
                    origin, key, place, String.join(", ", new TreeSet<>(known)));
              }
            });
  }

  private boolean flag(JsonNode node, String key, String place, boolean defaultValue) {
    if (!node.has(key)) {
      return defaultValue;
    }
    if (!node.get(key).isBoolean()) {
      throw invalid("%s: %s: '%s' (expected true or false)", place, key, node.get(key).asText());
    }
    return node.get(key).booleanValue();
  }

  private String text(JsonNode node, String key) {
    var value = node.get(key);
    if (!value.isValueNode() || value.isNull()) {
      throw invalid("'%s' is not a text", key);
    }
    return value.asText();
  }

  /** The text of a key's value, or of the item of that index if it is a list. */
  private String text(JsonNode value, int index, JsonNode node) {
    if (!value.isArray()) {
      return text(node, "from");
    }
    if (!value.get(index).isValueNode() || value.get(index).isNull()) {
      throw invalid("'from' holds what is not a text");
    }
    return value.get(index).asText();
  }

  private ClickmillException invalid(String format, Object... arguments) {
    return ClickmillException.usage(
        "Invalid mapping %s: %s", origin, String.format(Locale.ROOT, format, arguments));
  }
}
