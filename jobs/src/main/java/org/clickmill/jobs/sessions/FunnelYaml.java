package org.clickmill.jobs.sessions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.clickmill.formats.config.TimeSpan;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.failure.ClickmillException;

/** Reads funnel definitions and checks every word of them. */
final class FunnelYaml {
  private static final Set<String> KEYS = Set.of("steps", "window", "mode");
  private static final Set<String> STEP_KEYS = Set.of("name", "types", "brand", "category");
  private static final String TYPES =
      Arrays.stream(EventType.values()).map(EventType::text).collect(Collectors.joining(", "));

  private final String name;

  private FunnelYaml(String name) {
    this.name = name;
  }

  /**
   * Reads a map from names to definitions; blank text holds none.
   *
   * @throws ClickmillException usage, naming the definition
   */
  static List<FunnelDefinition> read(String yaml) {
    var definitions = new ArrayList<FunnelDefinition>();
    if (yaml.isBlank()) {
      return definitions;
    }
    var root = parse(yaml);
    if (!root.isObject() || root.isEmpty()) {
      throw ClickmillException.usage(
          "Invalid %s: '%s' is not a map from names to funnels"
              + " (write {name: {steps: [view, cart, purchase]}})",
          FunnelSettings.DEFINITIONS, yaml);
    }
    for (var entry : root.properties()) {
      definitions.add(new FunnelYaml(entry.getKey()).definition(entry.getValue()));
    }
    return definitions;
  }

  private static JsonNode parse(String yaml) {
    var mapper =
        new ObjectMapper(
                YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    try {
      return mapper.readTree(yaml);
    } catch (JsonProcessingException | RuntimeException e) {
      var message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e + "";
      throw ClickmillException.usage(
          "Invalid %s: %s (each name may stand once): %s",
          FunnelSettings.DEFINITIONS, message, yaml, e);
    }
  }

  private FunnelDefinition definition(JsonNode node) {
    if (name.isBlank()) {
      throw invalid("the name is empty; give the funnel one");
    }
    if (name.equals(FunnelDefinition.VIEW_CART_PURCHASE.name())) {
      throw invalid("this name belongs to the built-in funnel; choose another");
    }
    if (node.isNull() || node.isEmpty()) {
      throw invalid("the definition is empty; it needs 'steps', such as [view, cart, purchase]");
    }
    checkKeys(node, KEYS, "the definition");
    return new FunnelDefinition(
        name,
        steps(node.get("steps")),
        node.has("window") ? window(text(node, "window")) : FunnelDefinition.NO_WINDOW,
        node.has("mode") && isStrict(text(node, "mode")));
  }

  private List<FunnelStep> steps(JsonNode node) {
    if (node == null || !node.isArray() || node.isEmpty()) {
      throw invalid("there are no steps; list them as steps: [view, cart, purchase]");
    }
    if (node.size() > FunnelDefinition.MOST_STEPS) {
      throw invalid(
          "there are %d steps; leave at most %d", node.size(), FunnelDefinition.MOST_STEPS);
    }
    var steps = new ArrayList<FunnelStep>();
    for (var step : node) {
      steps.add(step(step, "step " + (steps.size() + 1)));
    }
    return steps;
  }

  private FunnelStep step(JsonNode node, String place) {
    if (node.isTextual()) {
      return new FunnelStep(node.asText(), Set.of(type(node, place)), List.of(), List.of());
    }
    checkKeys(node, STEP_KEYS, place);
    var types = new LinkedHashSet<EventType>();
    for (var type : list(node, "types", place)) {
      types.add(type(type, place));
    }
    if (types.isEmpty()) {
      throw invalid("%s has no types; name one or more of %s", place, TYPES);
    }
    var names = types.stream().map(EventType::text).collect(Collectors.joining(" or "));
    return new FunnelStep(
        node.has("name") ? text(node, "name") : names,
        types,
        conditions(node, "brand", place),
        conditions(node, "category", place));
  }

  private EventType type(JsonNode node, String place) {
    return Arrays.stream(EventType.values())
        .filter(type -> type.text().equals(node.asText()))
        .findFirst()
        .orElseThrow(
            () -> invalid("unknown event type '%s' in %s (known: %s)", shown(node), place, TYPES));
  }

  private List<TextCondition> conditions(JsonNode node, String key, String place) {
    var conditions = new ArrayList<TextCondition>();
    for (var value : list(node, key, place)) {
      conditions.add(TextCondition.of(value.asText()));
    }
    if (node.has(key) && conditions.isEmpty()) {
      throw invalid("%s of %s is empty; leave it out or give it a value", key, place);
    }
    return conditions;
  }

  /** The values of a key that may hold one text or a list of them; none if it is not there. */
  private List<JsonNode> list(JsonNode node, String key, String place) {
    var value = node.get(key);
    var items = new ArrayList<JsonNode>();
    if (value != null && value.isArray()) {
      value.forEach(items::add);
    } else if (value != null) {
      items.add(value);
    }
    for (var item : items) {
      if (!item.isValueNode() || item.isNull() || item.asText().isEmpty()) {
        throw invalid("%s of %s: %s is not a text", key, place, item);
      }
    }
    return items;
  }

  private long window(String text) {
    return TimeSpan.parse(text)
        .filter(span -> !text.startsWith("0"))
        .orElseThrow(() -> invalid("window: '%s' (%s)", text, TimeSpan.EXPECTED))
        .toMillis();
  }

  private boolean isStrict(String mode) {
    if (!mode.equals("ordered") && !mode.equals("strict")) {
      throw invalid("mode: '%s' (expected ordered or strict)", mode);
    }
    return mode.equals("strict");
  }

  private void checkKeys(JsonNode node, Set<String> known, String place) {
    var names = String.join(", ", new TreeSet<>(known));
    if (!node.isObject()) {
      throw invalid("%s is '%s', not a map (known keys: %s)", place, shown(node), names);
    }
    for (var entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        throw invalid("unknown key '%s' in %s (known: %s)", entry.getKey(), place, names);
      }
    }
  }

  private String text(JsonNode node, String key) {
    var value = node.get(key);
    if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
      throw invalid("%s: %s is not a text", key, value);
    }
    return value.asText();
  }

  private static String shown(JsonNode node) {
    return node.isValueNode() ? node.asText() : node.toString();
  }

  private ClickmillException invalid(String format, Object... arguments) {
    return ClickmillException.usage(
        "Invalid funnel '%s': %s", name, String.format(Locale.ROOT, format, arguments));
  }
}
