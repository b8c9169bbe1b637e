package org.clickmill.jobs.reviews;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The words of a text, without the punctuation around them, and its emoticons.
 *
 * @param words in lower case
 * @param shouted which of them are in capitals where others are not
 */
record ReviewWords(List<String> words, boolean[] shouted) {

  /**
   * Splits a text.
   *
   * @param isEmoticon what keeps its punctuation, in lower case
   */
  static ReviewWords of(String text, Predicate<String> isEmoticon) {
    var words = new ArrayList<String>();
    for (var part : text.replace('\u2019', '\'').split("\\s+")) {
      var word = isEmoticon.test(part.toLowerCase(Locale.ROOT)) ? part : bare(part);
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    var shouted = new boolean[words.size()];
    int count = 0;
    for (int i = 0; i < shouted.length; i++) {
      shouted[i] = isShouted(words.get(i));
      count += shouted[i] ? 1 : 0;
    }
    if (count == shouted.length) {
      shouted = new boolean[count];
    }
    return new ReviewWords(
        words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList(), shouted);
  }

  int size() {
    return words.size();
  }

  String word(int index) {
    return words.get(index);
  }

  boolean isShouted(int index) {
    return shouted[index];
  }

  private static String bare(String part) {
    int from = 0;
    int to = part.length();
    while (from < to && !Character.isLetterOrDigit(part.charAt(from))) {
      from++;
    }
    while (to > from && !Character.isLetterOrDigit(part.charAt(to - 1))) {
      to--;
    }
    return part.substring(from, to);
  }

  private static boolean isShouted(String word) {
    return word.chars().anyMatch(Character::isUpperCase)
        && word.chars().noneMatch(Character::isLowerCase);
  }
}
