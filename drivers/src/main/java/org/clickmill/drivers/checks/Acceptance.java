package org.clickmill.drivers.checks;

import java.util.List;
import org.clickmill.drivers.pipeline.Nearest;
import org.clickmill.formats.failure.ClickmillException;

/**
 * The checks that the user accepts although they fail.
 *
 * @param names of the checks
 * @param reason why; null if none is accepted
 */
public record Acceptance(List<String> names, String reason) {
  public static final Acceptance NONE = new Acceptance(List.of(), null);

  public Acceptance {
    names = List.copyOf(names);
  }

  void requireKnown(List<String> known) {
    for (var name : names) {
      if (!known.contains(name)) {
        throw ClickmillException.usage(
            "Invalid value of --accept-check: there is no check '%s'.%s",
            name,
            Nearest.question(
                name,
                known,
                known.isEmpty()
                    ? CheckSettings.CHECKS + " asks for none."
                    : "There are " + String.join(", ", known) + "."));
      }
    }
  }
}
