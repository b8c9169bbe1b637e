package org.clickmill.drivers.pipeline;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody meant who misspelt a name. */
public final class Nearest {
  private Nearest() {}

  /**
   * The known name with the fewest letters to change.
   *
   * @param known not empty
   */
  public static String to(String name, Collection<String> known) {
    var distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(
            Comparator.<String>comparingInt(candidate -> distance.apply(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }
}
