package org.clickmill.formats.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.formats.failure.ClickmillException;

/** The mapped fields of JSON objects. A key that is not there, or is null, is no value. */
final class JsonFields {
  private static final int BYTES_SHOWN = 24;

  private final JsonFactory factory = new JsonFactory();
  private final Node root = new Node();
  private final FlatJson flat;
  private final boolean[] seen;
  private byte[] utf8 = new byte[256];

  /**
   * @param sourced the fields, in the order of the assembler's setters
   * @param mapping what messages call the mapping
   */
  JsonFields(List<FieldMapping> sourced, String mapping) {
    seen = new boolean[sourced.size()];
    for (int i = 0; i < seen.length; i++) {
      var node = root;
      for (var step : FieldPath.split(sourced.get(i).source())) {
        node = node.children.computeIfAbsent(step, name -> new Node());
      }
      node.add(i);
    }
    checkTree(root, mapping);
    flat = flat(root);
  }

  /** Calls every setter once with a value of the one object in the text, which is valid UTF-8. */
  void fill(EventAssembler target, byte[] bytes, int start, int end)
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
      throw new BadValueException(reason(e, bytes, start, end));
    }
  }

  /** What is wrong with a text that is not valid JSON, and where. */
  private static String reason(JsonProcessingException e, byte[] bytes, int start, int end) {
    if (e instanceof StreamConstraintsException) {
      return "JSON nested too deeply, or with a name or number that is too long";
    }
    if (e instanceof JsonEOFException) {
      return "not valid JSON: it ends too early";
    }
    long place = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
    int from = (int) Math.max(start, Math.min(end, start + place) - BYTES_SHOWN / 2);
    int to = Math.min(from + BYTES_SHOWN, end);
    // Whole characters only.
    while (from > start && Utf8Bytes.isContinuation(bytes[from])) {
      from--;
    }
    while (to < end && Utf8Bytes.isContinuation(bytes[to])) {
      to++;
    }
    return "not valid JSON near '" + BadValueException.shown(bytes, from, to - from) + "'";
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
      length = encode(parser);
    }
    for (int field : leaf.fields) {
      seen[field] = true;
      var setter = target.setter(field);
      switch (value) {
        case VALUE_STRING -> setter.text(utf8, 0, length);
        case VALUE_NUMBER_FLOAT -> setter.number(utf8, 0, length);
        case VALUE_NUMBER_INT -> {
          if (setter instanceof TimeSetter && length < 19) {
            setter.wholeNumber(parser.getLongValue());
          } else {
            setter.number(utf8, 0, length);
          }
        }
        case VALUE_TRUE -> setter.truth(true);
        case VALUE_FALSE -> setter.truth(false);
        case VALUE_NULL -> setter.nothing();
        default -> throw setter.bad("an object or array, not a single value");
      }
    }
  }

  /** Writes the token's text as UTF-8 into the buffer and returns its length. */
  private int encode(JsonParser parser) throws IOException, BadValueException {
    char[] text = parser.getTextCharacters();
    int from = parser.getTextOffset();
    int end = from + parser.getTextLength();
    if (utf8.length < 3 * (end - from)) {
      utf8 = new byte[Math.max(3 * (end - from), 2 * utf8.length)];
    }
    int length = 0;
    for (int i = from; i < end; i++) {
      char c = text[i];
      if (c == 0) {
        throw new BadValueException("a NUL character");
      } else if (c < 0x80) {
        utf8[length++] = (byte) c;
      } else if (c < 0x800) {
        utf8[length++] = (byte) (0xc0 | (c >> 6));
        utf8[length++] = (byte) (0x80 | (c & 0x3f));
      } else if (!Character.isSurrogate(c)) {
        utf8[length++] = (byte) (0xe0 | (c >> 12));
        utf8[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        utf8[length++] = (byte) (0x80 | (c & 0x3f));
      } else if (i + 1 < end && Character.isSurrogatePair(c, text[i + 1])) {
        int codePoint = Character.toCodePoint(c, text[++i]);
        utf8[length++] = (byte) (0xf0 | (codePoint >> 18));
        utf8[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
        utf8[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
        utf8[length++] = (byte) (0x80 | (codePoint & 0x3f));
      } else {
        throw new BadValueException("half of a surrogate pair");
      }
    }
    return length;
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
