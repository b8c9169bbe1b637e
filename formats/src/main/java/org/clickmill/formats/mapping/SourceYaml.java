package org.clickmill.formats.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.clickmill.formats.mapping.Condition.Test;

/**
 * Reads what a mapping's YAML says of columns and paths, and the conditions on them.
 *
 * @param format of the source; null to go by each file's name
 * @param isNumbered whether columns go by number
 */
record SourceYaml(StrictYaml yaml, SourceFormat format, boolean isNumbered) {
  private static final Set<String> KEYS = Set.of("from", "is", "in", "not", "exists");
  private static final List<String> TESTS = List.of("is", "in", "not", "exists");

  /** A column, number of a column or path, checked as far as it can be without the source. */
  String source(String place, String source) {
    if (source.isEmpty()) {
      throw yaml.invalid("%s: 'from' is empty", place);
    }
    boolean isNested = format != null && format.hasPaths();
    SourcePath path;
    try {
      path = isNested ? SourcePath.ofNested(source) : SourcePath.ofColumn(source);
    } catch (IllegalArgumentException e) {
      throw yaml.invalid("%s: from: %s", place, e.getMessage());
    }
    if (isNumbered
        && !(path.steps().get(0) instanceof SourcePath.Name name
            && name.name().matches("[1-9][0-9]{0,3}"))) {
      throw yaml.invalid(
          "%s: from: '%s' is no column number (there is no header; columns count from 1)",
          place, source);
    }
    return source;
  }

  /**
   * The conditions of a list.
   *
   * @param node null for none
   */
  List<Condition> where(JsonNode node) {
    var conditions = new ArrayList<Condition>();
    if (node == null) {
      return conditions;
    }
    if (!node.isArray() || node.isEmpty()) {
      throw yaml.invalid(
          "'where' must be a list of conditions, such as [{from: event, in: [view, purchase]}]");
    }
    node.forEach(condition -> conditions.add(condition(condition)));
    return conditions;
  }

  private Condition condition(JsonNode node) {
    yaml.checkKeys(node, KEYS, "'where' of mapping " + yaml.origin());
    var tests = TESTS.stream().filter(node::has).toList();
    if (!node.has("from") || tests.size() != 1) {
      throw yaml.invalid(
          "a condition of 'where' needs 'from' and exactly one of 'is', 'in', 'not' and 'exists'");
    }
    var source = source("'where'", yaml.text(node, "from"));
    var place = "'where' on " + source;
    if (tests.get(0).equals("exists")) {
      boolean exists = yaml.flag(node, "exists", place, true);
      return new Condition(source, exists ? Test.EXISTS : Test.ABSENT, new TreeSet<>());
    }
    return new Condition(
        source,
        tests.get(0).equals("not") ? Test.NOT : Test.IN,
        values(place, tests.get(0), node.get(tests.get(0))));
  }

  private TreeSet<String> values(String place, String test, JsonNode node) {
    var values = new TreeSet<String>();
    boolean mayBeList = !test.equals("is");
    boolean mayBeText = !test.equals("in");
    if (mayBeList && node.isArray() && !node.isEmpty()) {
      for (var value : node) {
        values.add(value(place, test, value));
      }
    } else if (mayBeText && !node.isArray()) {
      values.add(value(place, test, node));
    } else {
      throw yaml.invalid(
          "%s: %s must be %s", place, test, mayBeText ? "a text" : "a list of texts");
    }
    return values;
  }

  private String value(String place, String test, JsonNode node) {
    if (!StrictYaml.isText(node) || node.asText().isEmpty()) {
      throw yaml.invalid(
          "%s: %s: %s is not a text (exists: false is for no value)", place, test, node);
    }
    return node.asText();
  }
}
