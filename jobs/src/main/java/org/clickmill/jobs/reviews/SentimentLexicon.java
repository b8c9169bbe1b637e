package org.clickmill.jobs.reviews;

import it.unimi.dsi.fastutil.objects.Object2DoubleOpenHashMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What English words and emoticons are worth, from -4 for the worst to 4 for the best: the lexicon
 * of VADER (Hutto and Gilbert, 2014), rated by ten people each.
 */
final class SentimentLexicon {
  /** In the jar of vader-sentiment-analyzer, of which nothing else is used. */
  private static final String RESOURCE = "/vader_sentiment_lexicon.txt";

  /** What a word that is not in the lexicon is worth. */
  static final double NONE = 0;

  private final Object2DoubleOpenHashMap<String> valences = new Object2DoubleOpenHashMap<>();

  private SentimentLexicon() {
    valences.defaultReturnValue(NONE);
  }

  /** Reads the lexicon, a word a line: the word, its mean rating, and more that is not needed. */
  static SentimentLexicon load() {
    var lexicon = new SentimentLexicon();
    var stream = SentimentLexicon.class.getResourceAsStream(RESOURCE);
    if (stream == null) {
      throw new IllegalStateException("Missing resource: " + RESOURCE);
    }
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        int end = line.indexOf('\t');
        int next = line.indexOf('\t', end + 1);
        if (end > 0) {
          var valence = line.substring(end + 1, next < 0 ? line.length() : next);
          lexicon.valences.put(line.substring(0, end), Double.parseDouble(valence));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lexicon;
  }

  /**
   * What a word is worth.
   *
   * @param word in lower case, or an emoticon
   */
  double valence(String word) {
    return valences.getDouble(word);
  }

  boolean contains(String word) {
    return valences.containsKey(word);
  }
}
