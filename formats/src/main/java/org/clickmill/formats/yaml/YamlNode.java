package org.clickmill.formats.yaml;

import java.util.List;
import org.clickmill.formats.yaml.YamlText.Place;

/** A node of a YAML file and where it stands. Scalars are texts as they are written. */
public sealed interface YamlNode {
  Place place();

  /**
   * @param textPlace where the text's first character stands, which is behind a quote
   */
  record Scalar(String text, Place place, Place textPlace) implements YamlNode {}

  record Mapping(List<Field> fields, Place place) implements YamlNode {
    public Mapping {
      fields = List.copyOf(fields);
    }

    /** The value of a key; null if it is not there. */
    public YamlNode get(String key) {
      return fields.stream()
          .filter(field -> field.key().text().equals(key))
          .map(Field::value)
          .findFirst()
          .orElse(null);
    }
  }

  record Sequence(List<YamlNode> nodes, Place place) implements YamlNode {
    public Sequence {
      nodes = List.copyOf(nodes);
    }
  }

  /** A key and its value. */
  record Field(Scalar key, YamlNode value) {}
}
