package org.clickmill.jobs.sessions;

import java.util.Arrays;
import java.util.List;
import org.clickmill.jobs.sessions.EventColumns.Strings;

/**
 * Which steps of a funnel an event matches, as bits, bit 0 for the first step. Brands and
 * categories are compared once for each id of a batch.
 */
final class FunnelMatcher {
  /** Marks a string that has been compared. */
  private static final int KNOWN = 1 << FunnelDefinition.MOST_STEPS;

  private final FunnelDefinition definition;
  private final int[] masksOfTypes = new int[KnownType.COUNT];
  private final boolean hasConditions;
  private final int withoutBrand;
  private final int withoutCategory;
  private int[] masksOfBrands = new int[0];
  private int[] masksOfCategories = new int[0];

  FunnelMatcher(FunnelDefinition definition) {
    this.definition = definition;
    boolean conditions = false;
    for (int step = 0; step < definition.steps().size(); step++) {
      for (var type : definition.steps().get(step).types()) {
        masksOfTypes[KnownType.of(type)] |= 1 << step;
      }
      conditions |= definition.steps().get(step).hasConditions();
    }
    hasConditions = conditions;
    withoutBrand = compare(true, null, SessionStrings.NULL);
    withoutCategory = compare(false, null, SessionStrings.NULL);
  }

  /** Begins with the columns of another batch. */
  void begin(EventColumns columns) {
    if (hasConditions) {
      masksOfBrands = unknown(masksOfBrands, columns.brands.size);
      masksOfCategories = unknown(masksOfCategories, columns.categories.size);
    }
  }

  /** The steps that an event matches; a purchase of nothing matches none. */
  int mask(EventColumns columns, int row) {
    byte type = columns.type(row);
    int mask = masksOfTypes[type];
    if (type == KnownType.PURCHASE && columns.quantities[row] <= 0) {
      return 0;
    }
    if (hasConditions && mask != 0) {
      int brand = columns.brands.ids[row];
      int category = columns.categories.ids[row];
      mask &= brand < 0 ? withoutBrand : maskOf(true, masksOfBrands, columns.brands, brand);
      mask &=
          category < 0
              ? withoutCategory
              : maskOf(false, masksOfCategories, columns.categories, category);
    }
    return mask;
  }

  private int maskOf(boolean isBrand, int[] masks, Strings column, int id) {
    if (masks[id] == 0) {
      masks[id] = KNOWN | compare(isBrand, column, id);
    }
    return masks[id];
  }

  /** The steps whose condition on the brand, or on the category, a string meets. */
  private int compare(boolean isBrand, Strings column, int id) {
    int mask = 0;
    for (int step = 0; step < definition.steps().size(); step++) {
      var conditions = definition.steps().get(step);
      if (holds(isBrand ? conditions.brands() : conditions.categories(), column, id)) {
        mask |= 1 << step;
      }
    }
    return mask;
  }

  private static boolean holds(List<TextCondition> conditions, Strings column, int id) {
    return conditions.isEmpty()
        || conditions.stream().anyMatch(condition -> condition.matches(column, id));
  }

  private static int[] unknown(int[] reuse, int size) {
    var masks = reuse.length < size ? new int[size] : reuse;
    Arrays.fill(masks, 0, size, 0);
    return masks;
  }
}
