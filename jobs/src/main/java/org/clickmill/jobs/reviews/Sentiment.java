package org.clickmill.jobs.reviews;

import java.util.Set;

/**
 * Judges English texts by the words of a lexicon, with VADER's rules: a negation before a word
 * turns it round, words of degree and capitals make it stronger or weaker, what follows a "but"
 * counts more than what comes before it, and exclamation and question marks stress the whole.
 */
final class Sentiment {
  /** How many ten-thousandths from 0 a text begins to be positive or negative. */
  static final int THRESHOLD = 500;

  private static final int SCALE = 10_000;

  /** How much a word of degree still does by how many words it stands before another. */
  private static final double[] FADING = {1, 0.95, 0.9};

  private static final double DEGREE = 0.293;
  private static final double SHOUTED = 0.733;
  private static final double NEGATED = -0.74;
  private static final double BEFORE_BUT = 0.5;
  private static final double AFTER_BUT = 1.5;
  private static final double EXCLAMATION = 0.292;
  private static final int MOST_EXCLAMATIONS = 4;
  private static final double QUESTION = 0.18;
  private static final double MANY_QUESTIONS = 0.96;
  private static final int MOST_QUESTIONS = 3;

  /** Makes a number between -1 and 1 of a sum. */
  private static final double NORMAL = 15;

  private static final String NO = "no";
  private static final Set<String> NEGATIONS =
      words(
          "aint arent cannot cant couldnt didnt doesnt dont hadnt hasnt havent isnt neither never no"
              + " nobody none nor not nothing nowhere rarely seldom shouldnt wasnt werent without"
              + " wont wouldnt");
  private static final Set<String> STRONGER =
      words(
          "absolutely amazingly awfully completely considerably decidedly deeply enormously entirely"
              + " especially exceptionally extremely fully greatly highly hugely incredibly intensely"
              + " more most particularly purely quite really remarkably so substantially super"
              + " thoroughly totally tremendously unbelievably unusually utterly very");
  private static final Set<String> WEAKER =
      words(
          "almost barely hardly kinda less little marginally occasionally partly scarcely slightly"
              + " somewhat sorta");

  private final SentimentLexicon lexicon;

  Sentiment(SentimentLexicon lexicon) {
    this.lexicon = lexicon;
  }

  private static Set<String> words(String text) {
    return Set.of(text.split(" "));
  }

  /**
   * Judges a text.
   *
   * @return ten-thousandths, from -10,000 for the worst to 10,000 for the best; 0 where no word
   *     says anything
   */
  int of(String text) {
    var words = ReviewWords.of(text, lexicon::contains);
    int but = words.words().indexOf("but");
    double sum = 0;
    for (int i = 0; i < words.size(); i++) {
      double valence = valence(words, i);
      sum += but < 0 || i == but ? valence : valence * (i < but ? BEFORE_BUT : AFTER_BUT);
    }
    sum += Math.signum(sum) * stress(text);
    return Math.toIntExact(Math.round(SCALE * sum / Math.sqrt(sum * sum + NORMAL)));
  }

  private double valence(ReviewWords words, int i) {
    double valence = lexicon.valence(words.word(i));
    if (valence == SentimentLexicon.NONE || isOfAnother(words, i)) {
      return 0;
    }
    valence += words.isShouted(i) ? Math.signum(valence) * SHOUTED : 0;
    for (int back = 1; back <= FADING.length && back <= i; back++) {
      int at = i - back;
      if (isNegation(words, at)) {
        valence *= NEGATED;
      } else if (!lexicon.contains(words.word(at))) {
        valence += Math.signum(valence) * degree(words, at) * FADING[back - 1];
      }
    }
    return valence;
  }

  /** Whether a word only changes others, as in "no good" or "kind of nice". */
  private boolean isOfAnother(ReviewWords words, int i) {
    int end = Math.min(words.size(), i + 1 + FADING.length);
    return degree(words, i) != 0
        || (i + 1 < end && degree(words, i + 1) != 0 && words.word(i + 1).equals("of"))
        || (words.word(i).equals(NO)
            && words.words().subList(i + 1, end).stream().anyMatch(lexicon::contains));
  }

  /** "At least" and "very least" do not turn what follows round, "least" does. */
  private static boolean isNegation(ReviewWords words, int i) {
    var word = words.word(i);
    if (word.equals("least")) {
      return i == 0 || !Set.of("at", "very").contains(words.word(i - 1));
    }
    boolean isWithoutDoubt =
        word.equals("without") && i + 1 < words.size() && words.word(i + 1).equals("doubt");
    return !isWithoutDoubt && (NEGATIONS.contains(word) || word.endsWith("n't"));
  }

  /** What a word adds to the strength of those behind it. */
  private static double degree(ReviewWords words, int i) {
    var word = words.word(i);
    boolean isKindOf =
        word.equals("of") && i > 0 && Set.of("kind", "sort").contains(words.word(i - 1));
    if (isKindOf || WEAKER.contains(word)) {
      return -DEGREE;
    }
    if (STRONGER.contains(word)) {
      return words.isShouted(i) ? DEGREE + SHOUTED : DEGREE;
    }
    return 0;
  }

  private static double stress(String text) {
    int exclamations = count(text, '!');
    int questions = count(text, '?');
    double asked =
        questions < 2 ? 0 : questions <= MOST_QUESTIONS ? questions * QUESTION : MANY_QUESTIONS;
    return Math.min(exclamations, MOST_EXCLAMATIONS) * EXCLAMATION + asked;
  }

  private static int count(String text, char wanted) {
    return Math.toIntExact(text.chars().filter(character -> character == wanted).count());
  }
}
