package org.clickmill.drivers.pipeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody meant who misspelt a name. */
public final class Nearest {
  private Nearest() {}

  /**
   * The question to end a message with about a name that there is not, or {@code otherwise} where
   * no known name is near.
   *
   * @param otherwise a sentence, or empty
   * @return empty, or a blank and a sentence
   */
  public static String question(String name, Collection<String> known, String otherwise) {
    return to(name, known)
        .map(nearest -> " Did you mean " + nearest + "?")
        .orElse(otherwise.isEmpty() ? "" : " " + otherwise);
  }

  /**
   * The known name that is nearest, if any is near: at most a third of the letters of the name are
   * to be changed, or one, or it goes on where the name ends.
   */
  public static Optional<String> to(String name, Collection<String> known) {
    int limit = Math.max(1, name.length() / 3);
    return known.stream()
        .filter(candidate -> isBeginning(name, candidate) || distance(name, candidate) <= limit)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static boolean isBeginning(String name, String candidate) {
    return name.length() > 1 && candidate.startsWith(name);
  }

  /**
   * The distance of Damerau and Levenshtein, in the form of the optimal string alignment: the
   * fewest letters to insert, drop, change, or swap with their neighbour, none of them twice.
   */
  static int distance(String from, String to) {
    var distances = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        distances[i][j] = i == 0 || j == 0 ? i + j : step(distances, from, to, i, j);
      }
    }
    return distances[from.length()][to.length()];
  }

  private static int step(int[][] distances, String from, String to, int i, int j) {
    char last = from.charAt(i - 1);
    int isChanged = last == to.charAt(j - 1) ? 0 : 1;
    int inserted = distances[i][j - 1] + 1;
    int dropped = distances[i - 1][j] + 1;
    int changed = distances[i - 1][j - 1] + isChanged;
    int fewest = Math.min(Math.min(inserted, dropped), changed);
    boolean isSwapped =
        i > 1 && j > 1 && last == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    return isSwapped ? Math.min(fewest, distances[i - 2][j - 2] + 1) : fewest;
  }
}
