package org.clickmill.formats.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
          "where",
          "fields",
          "events");
  private static final Set<String> EVENT_KEYS = Set.of("where", "fields");

  private final StrictYaml yaml;
  private final String place;

  private MappingYaml(String origin) {
    this.yaml = new StrictYaml(origin);
    this.place = "mapping " + origin;
  }

  static MappingDefinition read(String yaml, String origin) {
    var reader = new MappingYaml(origin);
    return reader.definition(reader.yaml.parse(yaml));
  }

  private MappingDefinition definition(JsonNode root) {
    yaml.checkKeys(root, KEYS, place);
    var format =
        root.has("format") ? SourceFormat.parse(yaml.text(root, "format"), yaml.origin()) : null;
    boolean hasHeader = format != SourceFormat.WHITESPACE && yaml.flag(root, "header", place, true);
    if (format == SourceFormat.WHITESPACE && (root.has("header") || root.has("delimiter"))) {
      throw yaml.invalid("format whitespace has neither header nor delimiter");
    }
    if (format != null && format.hasPaths() && (root.has("header") || root.has("delimiter"))) {
      throw yaml.invalid("header and delimiter are for format csv only");
    }
    if (root.has("columns") && (hasHeader || (format != null && format.hasPaths()))) {
      throw yaml.invalid("columns is for text without a header only");
    }
    boolean isMultiline = yaml.flag(root, "multiline", place, false);
    if (isMultiline && format != null && format != SourceFormat.CSV) {
      throw yaml.invalid("multiline is for format csv only");
    }
    if (root.has("encoding") && format != null && !format.isText()) {
      throw yaml.invalid("encoding is for text only");
    }
    var definition =
        new MappingDefinition(
            yaml.textOrNull(root, "name"),
            format,
            delimiter(root),
            encoding(root),
            isMultiline,
            hasHeader,
            columns(root),
            events(root, new SourceYaml(yaml, format, !hasHeader)));
    if (format != null) {
      // Else it depends on each file.
      definition.events().forEach(event -> EventTemplate.exploded(event, format, yaml.origin()));
    }
    return definition;
  }

  /** One kind of event for the whole mapping, or those of its list. */
  private List<EventMapping> events(JsonNode root, SourceYaml sources) {
    var where = sources.where(root.get("where"));
    if (!root.has("events")) {
      return List.of(new EventMapping(where, fields(root.get("fields"), sources)));
    }
    var list = root.get("events");
    if (!list.isArray() || list.isEmpty()) {
      throw yaml.invalid("'events' must be a list of maps with 'where' and 'fields'");
    }
    var events = new ArrayList<EventMapping>();
    for (var event : list) {
      yaml.checkKeys(event, EVENT_KEYS, "'events' of " + place);
      var conditions = new ArrayList<>(where);
      conditions.addAll(sources.where(event.get("where")));
      events.add(new EventMapping(conditions, fields(merged(root, event), sources)));
    }
    checkIds(events);
    return events;
  }

  /** Refuses kinds that a record may become events of with one event_id. */
  private void checkIds(List<EventMapping> events) {
    for (int i = 0; i < events.size(); i++) {
      for (int j = 0; j < i; j++) {
        var id = events.get(i).eventId();
        var other = events.get(j).eventId();
        if (id != null
            && other != null
            && id.hasOriginOf(other)
            && !events.get(i).excludes(events.get(j))) {
          throw yaml.invalid(
              "field event_id: kinds %d and %d of 'events' take it from the same place, and a record"
                  + " may become both; of events with one id compact keeps one. Give them conditions"
                  + " that exclude each other ('is' or 'in' on one path), or other ids, or none",
              j + 1, i + 1);
        }
      }
    }
  }

  /** The fields of an event's own, and the common ones that it does not name. */
  private JsonNode merged(JsonNode root, JsonNode event) {
    if (!root.has("fields")) {
      return event.get("fields");
    }
    if (!(root.get("fields") instanceof ObjectNode common)) {
      throw yaml.invalid("missing 'fields:'");
    }
    var merged = common.deepCopy();
    if (event.has("fields")) {
      if (!(event.get("fields") instanceof ObjectNode own)) {
        throw yaml.invalid("'fields' of 'events' is not a map");
      }
      merged.setAll(own);
    }
    return merged;
  }

  private List<FieldMapping> fields(JsonNode node, SourceYaml sources) {
    if (node == null || !node.isObject()) {
      throw yaml.invalid("missing 'fields:'");
    }
    var mapped = new ArrayList<FieldMapping>();
    for (var field : EventField.values()) {
      if (node.has(field.text())) {
        mapped.add(new FieldYaml(yaml, sources, field).read(node.get(field.text())));
      } else if (field.isRequired()) {
        throw yaml.invalid("field %s is missing; every event needs one", field.text());
      }
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (EventField.named(name) == null) {
                throw yaml.invalid("unknown field '%s' (known: %s)", name, EventField.allNames());
              }
            });
    return mapped;
  }

  private byte delimiter(JsonNode root) {
    if (!root.has("delimiter")) {
      return 0;
    }
    var text = yaml.text(root, "delimiter");
    text = text.equals("tab") ? "\t" : text;
    if (text.length() != 1
        || text.charAt(0) > 127
        || (text.charAt(0) < ' ' && text.charAt(0) != '\t' && text.charAt(0) != 1)
        || text.charAt(0) == '"') {
      throw yaml.invalid("delimiter '%s' (expected one ASCII character, or tab)", text);
    }
    return (byte) text.charAt(0);
  }

  private Charset encoding(JsonNode root) {
    if (!root.has("encoding")) {
      return null;
    }
    var name = yaml.text(root, "encoding");
    try {
      var charset = Charset.forName(name);
      return charset.equals(StandardCharsets.UTF_8) ? null : charset;
    } catch (IllegalArgumentException e) {
      throw yaml.invalid(
          "unknown encoding '%s' (such as utf-8, latin1, iso-8859-15, windows-1252, utf-16,"
              + " shift_jis, or whatever else Java knows)",
          name);
    }
  }

  private int columns(JsonNode root) {
    if (!root.has("columns")) {
      return 0;
    }
    var text = root.get("columns").asText();
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw yaml.invalid("columns '%s' (expected a number from 1)", text);
    }
    return Integer.parseInt(text);
  }
}
