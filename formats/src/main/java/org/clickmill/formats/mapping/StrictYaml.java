package org.clickmill.formats.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.clickmill.formats.failure.ClickmillException;

/**
 * The nodes of a mapping's YAML, whose every key must be known. Scalars are strings as they are
 * written, but for null: an unquoted NO, 010 or 1.10 is meant as it stands. What is wrong is an
 * exception of kind usage that names the mapping.
 *
 * @param origin what messages call the mapping
 */
record StrictYaml(String origin) {
  private static final YAMLFactory FACTORY =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");
  private static final Set<String> FALSE = Set.of("false", "no", "off", "n");

  JsonNode parse(String yaml) {
    try (var parser = FACTORY.createParser(yaml)) {
      var root = parser.nextToken() == null ? null : node(parser);
      if (parser.nextToken() != null) {
        throw invalid("a second document begins at line %d", parser.currentLocation().getLineNr());
      }
      return root;
    } catch (ClickmillException e) {
      throw e;
    } catch (JsonProcessingException | RuntimeException e) {
      var message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e + "";
      throw ClickmillException.usage("Invalid mapping %s: %s", origin, message, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode node(JsonParser parser) throws IOException {
    var nodes = JsonNodeFactory.instance;
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        var object = nodes.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          var name = parser.currentName();
          parser.nextToken();
          object.set(name, node(parser));
        }
        return object;
      }
      case START_ARRAY -> {
        var array = nodes.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(node(parser));
        }
        return array;
      }
      case VALUE_NULL -> {
        return nodes.nullNode();
      }
      default -> {
        return nodes.textNode(parser.getText());
      }
    }
  }

  /**
   * @param place what messages call the node
   */
  void checkKeys(JsonNode node, Set<String> known, String place) {
    if (node == null || !node.isObject()) {
      throw invalid("%s is not a map", place);
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw invalid(
                    "unknown key '%s' in %s (known: %s)",
                    key, place, String.join(", ", new TreeSet<>(known)));
              }
            });
  }

  boolean flag(JsonNode node, String key, String place, boolean defaultValue) {
    if (!node.has(key)) {
      return defaultValue;
    }
    var text = node.get(key).asText().toLowerCase(Locale.ROOT);
    if (!TRUE.contains(text) && !FALSE.contains(text)) {
      throw invalid("%s: %s: '%s' (expected true or false)", place, key, node.get(key).asText());
    }
    return TRUE.contains(text);
  }

  /** The text of a key that is there. */
  String text(JsonNode node, String key) {
    var value = node.get(key);
    if (!isText(value)) {
      throw invalid("'%s' is not a text", key);
    }
    return value.asText();
  }

  /** The text of a key, or null if it is not there. */
  String textOrNull(JsonNode node, String key) {
    return node.has(key) ? text(node, key) : null;
  }

  static boolean isText(JsonNode node) {
    return node != null && node.isValueNode() && !node.isNull();
  }

  ClickmillException invalid(String format, Object... arguments) {
    return ClickmillException.usage(
        "Invalid mapping %s: %s", origin, String.format(Locale.ROOT, format, arguments));
  }
}
