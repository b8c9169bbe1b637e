package org.clickmill.formats.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.clickmill.formats.failure.ClickmillException;

/**
 * What a mapping file says.
 *
 * @param name its name, or null
 * @param format the kind of file, or null to go by each file's name
 * @param namedDelimiter what parts the fields of a CSV line; 0 to go by each file's name
 * @param encoding of text; null for UTF-8
 * @param isMultiline whether quoted fields of a CSV file may hold line breaks
 * @param hasHeader whether the first line of a CSV file names the columns
 * @param columns number of fields a record without header must have, 0 for any
 * @param events the kinds of event that a record may become, one or more
 */
record MappingDefinition(
    String name,
    SourceFormat format,
    byte namedDelimiter,
    Charset encoding,
    boolean isMultiline,
    boolean hasHeader,
    int columns,
    List<EventMapping> events) {

  /** What parts the fields of a line of that CSV file. */
  byte delimiter(String fileName) {
    if (namedDelimiter != 0) {
      return namedDelimiter;
    }
    return (byte) (SourceFormat.hasTabs(fileName) ? '\t' : ',');
  }

  /** Whether that file is CSV. */
  boolean isCsv(String fileName) {
    return (format == null ? SourceFormat.ofFile(fileName) : format) == SourceFormat.CSV;
  }

  /** The encoding of text, for people. */
  String encodingName() {
    return encoding == null ? "UTF-8" : encoding.name();
  }

  /** The fields of all kinds of event. */
  List<FieldMapping> fields() {
    return events.stream().flatMap(event -> event.fields().stream()).toList();
  }

  /** The fields that are read from a topic's message beside its value. */
  List<FieldMapping> parts() {
    return fields().stream().filter(field -> field.part() != null).toList();
  }

  /** Whether a record may become more than one event. */
  boolean mayBecomeSeveral() {
    return events.size() > 1 || sources().stream().anyMatch(source -> source.contains("[]"));
  }

  /**
   * Where a field or a condition finds its values in a source of a format, where {@link
   * #checkPaths} has found nothing.
   *
   * @throws IllegalArgumentException if the path is malformed, saying why
   */
  static SourcePath path(String source, SourceFormat format) {
    return format.hasPaths() ? SourcePath.ofNested(source) : SourcePath.ofColumn(source);
  }

  /**
   * Checks all paths for sources of a format, which is known only with the first of them where the
   * mapping names none.
   *
   * @param mapping its name, for messages
   * @throws ClickmillException of kind usage if one is malformed
   */
  void checkPaths(SourceFormat format, String mapping) {
    for (var event : events) {
      event
          .sourced()
          .forEach(
              field ->
                  checkPath(field.source(), format, mapping, "field " + field.target().text()));
      event.where().forEach(check -> checkPath(check.source(), format, mapping, "'where'"));
    }
  }

  private static void checkPath(String source, SourceFormat format, String mapping, String use) {
    try {
      path(source, format);
    } catch (IllegalArgumentException e) {
      throw ClickmillException.usage("Invalid mapping %s: %s: %s", mapping, use, e.getMessage(), e);
    }
  }

  /** The columns and paths of fields and conditions. */
  List<String> sources() {
    return events.stream()
        .flatMap(
            event ->
                Stream.concat(
                    event.sourced().stream().map(FieldMapping::source),
                    event.where().stream().map(Condition::source)))
        .toList();
  }

  /** All that decides which events come out, in one fixed form. */
  String canonicalText() {
    var all = new ArrayList<Object>();
    all.add(format == null ? "" : format.text());
    all.add(namedDelimiter == 0 ? (byte) ',' : namedDelimiter);
    all.add(hasHeader);
    all.add(columns);
    if (encoding != null) {
      all.add("encoding " + encoding.name());
    }
    if (isMultiline) {
      all.add("multiline");
    }
    for (var event : events) {
      if (events.size() > 1) {
        all.add("event");
      }
      event.where().forEach(condition -> all.add(canonical(condition)));
      event.fields().forEach(field -> all.add(canonical(field)));
    }
    try {
      return new ObjectMapper().writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> canonical(Condition condition) {
    var values = new TreeMap<String, Object>();
    values.put("where", condition.source());
    values.put("test", condition.test().name());
    values.put("values", condition.values());
    return values;
  }

  private static Map<String, Object> canonical(FieldMapping field) {
    var time = field.time();
    var values = new TreeMap<String, Object>();
    values.put("target", field.target().text());
    values.put("source", field.source());
    if (time.secondSource() != null) {
      values.put("second", time.secondSource());
    }
    if (time.zoneSource() != null) {
      values.put("zone-from", time.zoneSource());
    }
    if (field.part() != null) {
      values.put("message", field.part().toString());
    }
    values.put("constant", field.constant());
    values.put("format", time.format());
    values.put("zone", time.zone().getId());
    values.put("values", field.text().values());
    values.put("round", field.number().roundHalfEven());
    values.put("integer", field.text().asInteger());
    if (field.number().form() != null) {
      values.put("number", field.number().form().toString());
    }
    if (field.number().inCents()) {
      values.put("unit", "cents");
    }
    values.put("optional", field.isOptional());
    return values;
  }
}
