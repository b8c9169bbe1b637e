package org.clickmill.jobs.sessions;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.event.EventType;

/**
 * One step of a funnel: which events reach it.
 *
 * @param name what reports call it
 * @param types an event of any of them; a purchase needs quantity &gt; 0, too
 * @param brands if not empty, the event's brand must be one of them
 * @param categories if not empty, the event's category_code must be one of them
 */
record FunnelStep(
    String name, Set<EventType> types, List<TextCondition> brands, List<TextCondition> categories) {
  FunnelStep {
    types = Set.copyOf(types);
    brands = List.copyOf(brands);
    categories = List.copyOf(categories);
  }

  boolean hasConditions() {
    return !brands.isEmpty() || !categories.isEmpty();
  }
}
