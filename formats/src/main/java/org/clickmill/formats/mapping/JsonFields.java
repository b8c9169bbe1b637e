package org.clickmill.formats.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.formats.failure.ClickmillException;

/** The mapped fields of JSON objects. A key that is not there, or is null, is no value. */
final class JsonFields implements JsonRecords {
  /** This number of digits, or a sign and one less, may be more than a long holds. */
  static final int LONG_DIGITS = 19;

  private final JsonFactory factory = new JsonFactory();
  private final Node root = new Node();
  private final FlatJson flat;
  private final boolean[] seen;
  private final JsonEncoder encoder = new JsonEncoder();

  /**
   * @param sourced the fields, in the order of the assembler's setters
   * @param mapping what messages call the mapping
   */
  JsonFields(List<FieldMapping> sourced, String mapping) {
    seen = new boolean[sourced.size()];
    for (int i = 0; i < seen.length; i++) {
      var node = root;
      for (var step : SourcePath.ofNested(sourced.get(i).source()).names()) {
        node = node.children.computeIfAbsent(step, name -> new Node());
      }
      node.add(i);
    }
    checkTree(root, mapping);
    flat = flat(root);
  }

  @Override
  public void fill(EventAssembler target, byte[] bytes, int start, int end)
      throws BadValueException, IOException {
    Arrays.fill(seen, false);
    try {
      if (flat == null || !flat.fill(target, bytes, start, end, seen)) {
        Arrays.fill(seen, false);
        parse(target, bytes, start, end);
      }
    } finally {
      for (int i = 0; i < seen.length; i++) {
        if (seen[i]) {
          target.markPresent(i);
        }
      }
    }
    for (int i = 0; i < seen.length; i++) {
      if (!seen[i]) {
        target.setter(i).nothing();
      }
    }
  }

  private void parse(EventAssembler target, byte[] bytes, int start, int end)
      throws BadValueException, IOException {
    try (JsonParser parser = factory.createParser(bytes, start, end - start)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadValueException("not a JSON object");
      }
      object(parser, root, target);
      if (parser.nextToken() != null) {
        throw new BadValueException("text after the JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new BadValueException(JsonProblem.reason(e, bytes, start, end));
    }
  }

  private void object(JsonParser parser, Node node, EventAssembler target)
      throws IOException, BadValueException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      var child = node.children.get(name);
      var value = parser.nextToken();
      if (child == null) {
        parser.skipChildren();
      } else if (child.isLeaf()) {
        leaf(parser, value, name, child, target);
      } else if (value == JsonToken.START_OBJECT) {
        object(parser, child, target);
      } else if (value != JsonToken.VALUE_NULL) {
        throw new BadValueException("'" + BadValueException.shown(name) + "' is not an object");
      }
    }
  }

  private void leaf(
      JsonParser parser, JsonToken value, String name, Node leaf, EventAssembler target)
      throws IOException, BadValueException {
    if (seen[leaf.fields[0]]) {
      throw new BadValueException("'" + BadValueException.shown(name) + "' occurs twice");
    }
    int length = 0;
    if (value == JsonToken.VALUE_STRING || value.isNumeric()) {
      length = encoder.encode(parser);
    }
    for (int field : leaf.fields) {
      seen[field] = true;
      var setter = target.setter(field);
      switch (value) {
        case VALUE_STRING -> setter.text(encoder.utf8(), 0, length);
        case VALUE_NUMBER_FLOAT -> setter.number(encoder.utf8(), 0, length);
        case VALUE_NUMBER_INT -> {
          if (setter instanceof TimeSetter && length < LONG_DIGITS) {
            setter.wholeNumber(parser.getLongValue());
          } else {
            setter.number(encoder.utf8(), 0, length);
          }
        }
        case VALUE_TRUE -> setter.truth(true);
        case VALUE_FALSE -> setter.truth(false);
        case VALUE_NULL -> setter.nothing();
        default -> throw setter.bad("an object or array, not a single value");
      }
    }
  }

  /** The quick way for objects of single values; null if the mapping goes into nested ones. */
  private static FlatJson flat(Node root) {
    var flat = new FlatJson();
    for (var entry : root.children.entrySet()) {
      if (!entry.getValue().isLeaf()) {
        return null;
      }
      flat.add(entry.getKey(), entry.getValue().fields);
    }
    return flat;
  }

  private static void checkTree(Node node, String mapping) {
    for (var entry : node.children.entrySet()) {
      var child = entry.getValue();
      if (child.isLeaf() && !child.children.isEmpty()) {
        throw ClickmillException.usage(
            "Invalid mapping %s: '%s' is mapped as a value and as an object",
            mapping, entry.getKey());
      }
      checkTree(child, mapping);
    }
  }

  /** A step of the paths: an object on the way, or a value that fields take. */
  private static final class Node {
    private final Map<String, Node> children = new HashMap<>();
    private int[] fields = new int[0];

    private void add(int field) {
      fields = Arrays.copyOf(fields, fields.length + 1);
      fields[fields.length - 1] = field;
    }

    private boolean isLeaf() {
      return fields.length > 0;
    }
  }
}
