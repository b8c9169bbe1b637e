package org.clickmill.formats.yaml;

import java.util.Set;
import java.util.TreeSet;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.yaml.YamlNode.Mapping;
import org.clickmill.formats.yaml.YamlNode.Scalar;

/**
 * Takes nodes of a file for what they are to be. What they are not is a usage error with its place.
 *
 * @param file where they are from
 */
public record YamlFields(YamlText file) {
  /**
   * A node as a map.
   *
   * @param what messages call it
   * @param keys all that it may have; null for any
   * @throws ClickmillException if it is none, or has another key
   */
  public Mapping mapping(YamlNode node, String what, Set<String> keys) {
    if (!(node instanceof Mapping mapping)) {
      throw file.invalid(node.place(), "%s is not a map", what);
    }
    for (var field : mapping.fields()) {
      if (keys != null && !keys.contains(field.key().text())) {
        throw file.invalid(
            field.key().place(),
            "unknown key '%s' in %s (known: %s)",
            field.key().text(),
            what,
            String.join(", ", new TreeSet<>(keys)));
      }
    }
    return mapping;
  }

  /** The value of a key that must be there. */
  public YamlNode requiredNode(Mapping mapping, String key) {
    var node = mapping.get(key);
    if (node == null) {
      throw file.invalid(mapping.place(), "missing '%s'", key);
    }
    return node;
  }

  /** The text of a key that must be there. */
  public Scalar required(Mapping mapping, String key) {
    return text(requiredNode(mapping, key), key);
  }

  /** The text of a key; null if it is not there. */
  public Scalar optional(Mapping mapping, String key) {
    var node = mapping.get(key);
    return node == null ? null : text(node, key);
  }

  /**
   * A node as a text that is not blank.
   *
   * @param key what messages call it
   */
  public Scalar text(YamlNode node, String key) {
    if (!(node instanceof Scalar scalar) || scalar.text().isBlank()) {
      throw file.invalid(node.place(), "'%s' is not a text", key);
    }
    return scalar;
  }
}
