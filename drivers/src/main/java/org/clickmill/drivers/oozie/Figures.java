package org.clickmill.drivers.oozie;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a JSON document under flat names, such as {@code total.events}. An element of a
 * list is named by its first field where that is a text of its own ({@code
 * steps.compact.partitions}), else by its number; a list of texts is only counted ({@code
 * warnings.count}). Those on top come first.
 */
final class Figures {
  private record Figure(String name, int depth, String value) {}

  private final List<Figure> figures = new ArrayList<>();

  private Figures() {}

  static Map<String, String> of(JsonNode document) {
    var all = new Figures();
    all.add("", 0, document);
    var values = new LinkedHashMap<String, String>();
    all.figures.stream()
        .sorted(Comparator.comparingInt(Figure::depth))
        .forEach(figure -> values.put(figure.name(), figure.value()));
    return values;
  }

  private void add(String name, int depth, JsonNode node) {
    var prefix = name.isEmpty() ? "" : name + ".";
    if (node.isObject()) {
      node.properties().forEach(field -> add(prefix + field.getKey(), depth + 1, field.getValue()));
    } else if (node.isArray()) {
      figures.add(new Figure(prefix + "count", depth, Integer.toString(node.size())));
      var names = names(node);
      for (int i = 0; i < node.size(); i++) {
        if (node.get(i).isContainerNode()) {
          add(prefix + names.get(i), depth + 1, node.get(i));
        }
      }
    } else if (!node.isNull() && !node.isMissingNode()) {
      figures.add(new Figure(name, depth, node.asText()));
    }
  }

  private static List<String> names(JsonNode list) {
    var texts = new ArrayList<String>();
    var numbers = new ArrayList<String>();
    for (var element : list) {
      numbers.add(Integer.toString(numbers.size()));
      element.properties().stream()
          .limit(1)
          .map(Map.Entry::getValue)
          .filter(JsonNode::isTextual)
          .forEach(first -> texts.add(first.asText()));
    }
    boolean distinct = new HashSet<>(texts).size() == list.size();
    return distinct ? texts : numbers;
  }
}
