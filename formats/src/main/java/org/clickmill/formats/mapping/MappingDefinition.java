package org.clickmill.formats.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

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
 * @param fields what feeds the fields, in the order of the event's; the rest get no value
 */
record MappingDefinition(
    String name,
    SourceFormat format,
    byte namedDelimiter,
    Charset encoding,
    boolean isMultiline,
    boolean hasHeader,
    int columns,
    List<FieldMapping> fields) {

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

  /** What is read from a record of the source: a column each. */
  List<FieldMapping> sourced() {
    return fields.stream().flatMap(field -> field.columns().stream()).toList();
  }

  /** The fields that are read from a topic's message beside its value. */
  List<FieldMapping> parts() {
    return fields.stream().filter(field -> field.part() != null).toList();
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
    for (var field : fields) {
      var values = new TreeMap<String, Object>();
      values.put("target", field.target().text());
      values.put("source", field.source());
      if (field.secondSource() != null) {
        values.put("second", field.secondSource());
      }
      if (field.zoneSource() != null) {
        values.put("zone-from", field.zoneSource());
      }
      if (field.part() != null) {
        values.put("message", field.part().toString());
      }
      values.put("constant", field.constant());
      values.put("format", field.timeFormat());
      values.put("zone", field.zone().getId());
      values.put("values", field.values());
      values.put("round", field.roundHalfEven());
      values.put("integer", field.asInteger());
      if (field.numberForm() != null) {
        values.put("number", field.numberForm().toString());
      }
      if (field.inCents()) {
        values.put("unit", "cents");
      }
      values.put("optional", field.isOptional());
      all.add(values);
    }
    try {
      return new ObjectMapper().writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
