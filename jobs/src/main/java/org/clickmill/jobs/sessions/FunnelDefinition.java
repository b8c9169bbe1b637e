package org.clickmill.jobs.sessions;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.event.EventType;

/**
 * An ordered list of steps that sessions are measured against.
 *
 * @param name its name in the tables
 * @param steps from 1 to {@link #MOST_STEPS}
 * @param window the most milliseconds from the first step to any other, {@link #NO_WINDOW} for none
 * @param isStrict whether an event that matches neither the next step nor one already reached ends
 *     a chain
 */
record FunnelDefinition(String name, List<FunnelStep> steps, long window, boolean isStrict) {
  static final int MOST_STEPS = 30;
  static final long NO_WINDOW = Long.MAX_VALUE;

  /** The funnel that is always there. */
  static final FunnelDefinition VIEW_CART_PURCHASE =
      new FunnelDefinition(
          "view_cart_purchase",
          List.of(step(EventType.VIEW), step(EventType.CART), step(EventType.PURCHASE)),
          NO_WINDOW,
          false);

  FunnelDefinition {
    steps = List.copyOf(steps);
  }

  /** A number that tells definitions from others, whatever the version of Java. */
  static long fingerprint(List<FunnelDefinition> definitions) {
    var text = new StringBuilder();
    for (var definition : definitions) {
      text.append(definition.window).append(' ').append(definition.isStrict).append('\n');
      for (var step : definition.steps) {
        text.append(step.types().stream().map(EventType::text).sorted().toList());
        text.append(step.brands()).append(step.categories()).append('\n');
      }
    }
    return Hashing.xxh3_64().hashCharsToLong(text);
  }

  private static FunnelStep step(EventType type) {
    return new FunnelStep(type.text(), Set.of(type), List.of(), List.of());
  }
}
