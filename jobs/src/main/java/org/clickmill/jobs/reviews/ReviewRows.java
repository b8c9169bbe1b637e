package org.clickmill.jobs.reviews;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.groupby.RowSource;

/** Events of type review as rows to be aggregated, their texts judged. */
final class ReviewRows implements RowSource {
  static final int REVIEW = 1;

  /** It has a rating. */
  static final int RATED = 2;

  /** It has a text, which is one of the three that follow. */
  static final int WRITTEN = 4;

  static final int POSITIVE = 8;
  static final int NEUTRAL = 16;
  static final int NEGATIVE = 32;

  private static final byte[] TYPE = "review".getBytes(StandardCharsets.UTF_8);
  private static final int UNKNOWN = Integer.MIN_VALUE;

  private final Sentiment sentiment = new Sentiment(SentimentLexicon.load());
  private ColumnBatch batch;
  private int[] batchRows = new int[0];
  private int[] flags = new int[0];
  private long[] sentiments = new long[0];

  @Override
  public List<String> columns() {
    return List.of("event_type", "rating", "review");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of(new String(TYPE, StandardCharsets.UTF_8));
  }

  @Override
  public int begin(ColumnBatch next) {
    batch = next;
    int size = next.size();
    if (flags.length < size) {
      flags = new int[size];
      sentiments = new long[size];
      batchRows = new int[size];
      Arrays.setAll(batchRows, row -> row);
    }
    Arrays.fill(flags, 0, size, 0);
    var types = next.strings("event_type");
    var isReview = isReview(types);
    boolean isAny = false;
    for (int row = 0; row < size; row++) {
      flags[row] = isReview[types.ids()[row]] ? REVIEW : 0;
      isAny |= isReview[types.ids()[row]];
    }
    if (isAny) {
      judge(next);
    }
    return size;
  }

  private static boolean[] isReview(StringColumn types) {
    var isReview = new boolean[types.dictionarySize()];
    for (int id = 0; id < isReview.length; id++) {
      int end = types.offset(id) + types.length(id);
      isReview[id] = Arrays.equals(types.bytes(), types.offset(id), end, TYPE, 0, TYPE.length);
    }
    return isReview;
  }

  private void judge(ColumnBatch next) {
    var ratings = next.longs("rating");
    var texts = next.strings("review");
    var known = new int[texts.dictionarySize()];
    Arrays.fill(known, UNKNOWN);
    for (int row = 0; row < next.size(); row++) {
      if (flags[row] == 0) {
        continue;
      }
      flags[row] |= ratings.isNull(row) ? 0 : RATED;
      int id = texts.ids()[row];
      if (id != StringColumn.NULL) {
        if (known[id] == UNKNOWN) {
          known[id] = sentiment.of(texts.text(id));
        }
        sentiments[row] = known[id];
        flags[row] |= WRITTEN | flag(known[id]);
      }
    }
  }

  private static int flag(int sentiment) {
    if (sentiment >= Sentiment.THRESHOLD) {
      return POSITIVE;
    }
    return sentiment <= -Sentiment.THRESHOLD ? NEGATIVE : NEUTRAL;
  }

  @Override
  public int[] batchRows() {
    return batchRows;
  }

  @Override
  public int[] flags() {
    return flags;
  }

  /** Without meaning where there is none. */
  long[] ratings() {
    return batch.longs("rating").values();
  }

  /** In ten-thousandths; without meaning where there is no text. */
  long[] sentiments() {
    return sentiments;
  }
}
