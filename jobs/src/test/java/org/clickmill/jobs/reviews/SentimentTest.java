package org.clickmill.jobs.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts are judged as VADER judges them, and as often right as docs/reviews.md says. */
final class SentimentTest {
  private final Sentiment sentiment = new Sentiment(SentimentLexicon.load());

  /** From the README of the Python VADER, whose authors made lexicon and rules. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          VADER is smart, handsome, and funny.          | 8316
          VADER is smart, handsome, and funny!          | 8439
          VADER is very smart, handsome, and funny.     | 8545
          VADER is VERY SMART, handsome, and FUNNY.     | 9227
          VADER is VERY SMART, handsome, and FUNNY!!!   | 9342
          VADER is not smart, handsome, nor funny.      | -7424
          The book was good.                            | 4404
          At least it isn't a horrible book.            | 4310
          The book was only kind of good.               | 3832
          The plot was good, but the characters are uncompelling and the dialog is not great. | -7042
          Today SUX!                                    | -5461
          Today only kinda sux! But I'll get by, lol    | 5249
          Not bad at all                                | 4310
          :) and :D                                     | 7925
          """)
  void publishedExamplesHaveTheirScores(String text, int score) {
    assertThat(sentiment.of(text)).isEqualTo(score);
  }

  @Test
  void textsThatSayNothingAreNeutral() {
    for (var text :
        List.of("", " ", "\u00a0", "...", "!!!", "It is a box.", "but", "very", "n't")) {
      assertThat(sentiment.of(text)).as(text).isZero();
    }
  }

  @Test
  void theLabelledReviewsAreJudgedAsTheDocsSay() throws IOException {
    var counts = new TreeMap<String, Integer>();
    var path = "/org/clickmill/jobs/reviews/labelled.tsv";
    try (var stream = SentimentTest.class.getResourceAsStream(path)) {
      new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t"))
          .forEach(line -> counts.merge(line[0] + " as " + judged(line[1]), 1, Integer::sum));
    }
    assertThat(counts)
        .isEqualTo(
            Map.of(
                "positive as positive", 30,
                "positive as neutral", 9,
                "positive as negative", 1,
                "neutral as positive", 4,
                "neutral as neutral", 35,
                "neutral as negative", 1,
                "negative as positive", 5,
                "negative as neutral", 19,
                "negative as negative", 16));
  }

  private String judged(String text) {
    int score = sentiment.of(text);
    if (score >= Sentiment.THRESHOLD) {
      return "positive";
    }
    return score <= -Sentiment.THRESHOLD ? "negative" : "neutral";
  }
}
