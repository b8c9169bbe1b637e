package org.clickmill.jobs.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.clickmill.formats.yaml.YamlFields;
import org.clickmill.formats.yaml.YamlNode;
import org.clickmill.formats.yaml.YamlNode.Mapping;
import org.clickmill.formats.yaml.YamlNode.Scalar;
import org.clickmill.formats.yaml.YamlReader;
import org.clickmill.jobs.metrics.MetricDefinition.Named;
import org.clickmill.jobs.metrics.MetricDefinition.Top;

/** Reads the file of a metric and checks every key of it. */
final class MetricYaml {
  private static final Set<String> KEYS =
      Set.of("name", "description", "from", "where", "by", "measures", "ratios", "top");
  private static final Set<String> TOP_KEYS = Set.of("by", "limit");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final int LONGEST_NAME = 64;

  /** They wait in a reducer's memory. */
  private static final int MOST_TOP = 10_000;

  private final MetricText file;
  private final YamlFields fields;

  private MetricYaml(MetricText file) {
    this.file = file;
    this.fields = new YamlFields(file);
  }

  static MetricDefinition read(MetricText file) {
    return new MetricYaml(file).definition(new YamlReader(file).read());
  }

  private MetricDefinition definition(YamlNode node) {
    var root = fields.mapping(node, "the file", KEYS);
    var name = fields.required(root, "name");
    requireName(name);
    var measures = named(root, "measures");
    if (measures.isEmpty()) {
      throw file.invalid(root.place(), "missing 'measures': what the metric counts or adds up");
    }
    var definition =
        new MetricDefinition(
            file,
            name,
            fields.required(root, "description"),
            fields.required(root, "from"),
            fields.optional(root, "where"),
            named(root, "by"),
            measures,
            named(root, "ratios"),
            top(root));
    requireDistinct(definition);
    return definition;
  }

  private List<Named> named(Mapping root, String key) {
    var node = root.get(key);
    if (node == null) {
      return List.of();
    }
    var named = new ArrayList<Named>();
    for (var field : fields.mapping(node, "'" + key + "'", null).fields()) {
      requireName(field.key());
      named.add(new Named(field.key(), fields.text(field.value(), field.key().text())));
    }
    return named;
  }

  private void requireName(Scalar name) {
    if (!NAME.matcher(name.text()).matches() || name.text().length() > LONGEST_NAME) {
      throw file.invalid(
          name.place(),
          "invalid name '%s' (expected small letters, digits and _, a letter first, %d at most)",
          name.text(),
          LONGEST_NAME);
    }
  }

  private Top top(Mapping root) {
    var node = root.get("top");
    if (node == null) {
      return null;
    }
    var mapping = fields.mapping(node, "'top'", TOP_KEYS);
    var limit = fields.required(mapping, "limit");
    if (!limit.text().matches("[1-9][0-9]{0,5}") || Integer.parseInt(limit.text()) > MOST_TOP) {
      throw file.invalid(
          limit.place(), "invalid limit '%s' (expected 1 to %d)", limit.text(), MOST_TOP);
    }
    return new Top(fields.required(mapping, "by"), Integer.parseInt(limit.text()));
  }

  private void requireDistinct(MetricDefinition definition) {
    var names = new TreeSet<String>();
    names.add("dt");
    for (var list : List.of(definition.by(), definition.measures(), definition.ratios())) {
      for (var named : list) {
        if (!names.add(named.name().text())) {
          throw file.invalid(
              named.name().place(),
              "the column '%s' is there already%s",
              named.name().text(),
              named.name().text().equals("dt") ? ": it is the day of the partition" : "");
        }
      }
    }
  }
}
