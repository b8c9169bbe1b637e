package org.clickmill.jobs.interactions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.failure.ClickmillException;

/**
 * What an event adds to a rating, by its type. Types without weight are no interaction. The order
 * of the types is fixed, so that the same counts give the same rating to the last bit.
 */
final class Weights {
  private static final double LARGEST = 1e6;

  private final List<EventType> types;
  private final double[] values;

  private Weights(Map<EventType, Double> weights) {
    types = List.copyOf(weights.keySet());
    values = weights.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * What the settings say.
   *
   * @throws ClickmillException of kind usage if that is no list of types with weights
   */
  static Weights of(Configuration configuration) {
    var texts = InteractionsSettings.WEIGHTS.get(configuration);
    var weights = new EnumMap<EventType, Double>(EventType.class);
    for (var text : texts) {
      var sides = text.split("=", -1);
      var type = type(sides[0].strip());
      double weight = sides.length == 2 ? weight(sides[1].strip()) : 0;
      // Also false for what is not a number.
      boolean isValid = weight != 0 && Math.abs(weight) <= LARGEST;
      if (!isValid || type.isEmpty() || weights.put(type.get(), weight) != null) {
        throw invalid(texts);
      }
    }
    if (weights.isEmpty()) {
      throw invalid(texts);
    }
    return new Weights(weights);
  }

  private static Optional<EventType> type(String text) {
    return Arrays.stream(EventType.values()).filter(type -> type.text().equals(text)).findFirst();
  }

  private static double weight(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static ClickmillException invalid(List<String> texts) {
    return ClickmillException.usage(
        "Invalid value of %s: '%s' (expected type=weight, and more after commas: each of %s at most"
            + " once, weights not 0 and between -%.0f and %.0f)",
        InteractionsSettings.WEIGHTS,
        String.join(",", texts),
        Arrays.stream(EventType.values()).map(EventType::text).collect(Collectors.joining(", ")),
        LARGEST,
        LARGEST);
  }

  /** Number of types with a weight. */
  int size() {
    return values.length;
  }

  /** The columns of interactions_days that count these types, in their order. */
  List<String> columns() {
    var columns = new ArrayList<String>();
    types.forEach(type -> columns.add(InteractionsDays.column(type)));
    return columns;
  }

  /**
   * Sum of number x weight.
   *
   * @param counts holds the number of events of each of these types
   * @param offset where the first of them stands
   */
  double rating(long[] counts, int offset) {
    double rating = 0;
    for (int i = 0; i < values.length; i++) {
      rating += counts[offset + i] * values[i];
    }
    return rating;
  }
}
