package org.clickmill.formats.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.clickmill.formats.failure.ClickmillException;

/**
 * The nodes of a mapping's YAML, whose every key must be known. What is wrong is an exception of
 * kind usage that names the mapping.
 *
 * @param origin what messages call the mapping
 */
record StrictYaml(String origin) {
  JsonNode parse(String yaml) {
    var mapper =
        new ObjectMapper(
                YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    try {
      return mapper.readTree(yaml);
    } catch (JsonProcessingException | RuntimeException e) {
      var message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e + "";
      throw ClickmillException.usage("Invalid mapping %s: %s", origin, message, e);
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
    if (!node.get(key).isBoolean()) {
      throw invalid("%s: %s: '%s' (expected true or false)", place, key, node.get(key).asText());
    }
    return node.get(key).booleanValue();
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
