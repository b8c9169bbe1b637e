package org.clickmill.jobs.interactions;

import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** The settings of interactions. */
public final class InteractionsSettings {
  public static final ConfigKey<Integer> WINDOW_DAYS =
      ConfigKey.ofInt(
          "clickmill.interactions.window-days",
          28,
          1,
          3660,
          "Days that interactions are taken from, the last day with them.");

  public static final ConfigKey<List<String>> WEIGHTS =
      ConfigKey.ofList(
          "clickmill.interactions.weights",
          "view=1,cart=3,purchase=5",
          List.of(),
          "What an event of each type adds to a rating; may be negative. A type that is not named"
              + " is not an interaction.");

  private InteractionsSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(WINDOW_DAYS, WEIGHTS);
  }
}
