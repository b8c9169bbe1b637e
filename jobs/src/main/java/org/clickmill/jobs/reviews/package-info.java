/**
 * Reviews by product and day: {@link org.clickmill.jobs.reviews.Reviews} counts them, averages
 * their ratings, and says how many of their texts are positive, neutral and negative. {@code
 * Sentiment} judges a text by a lexicon of rated words ({@code SentimentLexicon}) and the rules of
 * grammar that go with it; docs/reviews.md says how often it is right.
 */
package org.clickmill.jobs.reviews;
