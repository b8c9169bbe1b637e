package org.clickmill.jobs.interactions;

import java.io.IOException;
import java.util.Arrays;
import org.clickmill.formats.event.EventType;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/** Adds up the counts of a user and product. */
final class InteractionsDaysMerge implements Merge {
  private static final int USER_ID = InteractionsDays.SCHEMA.ordinal("user_id");
  private static final int PRODUCT_ID = InteractionsDays.SCHEMA.ordinal("product_id");
  private static final int[] COUNTS =
      Arrays.stream(EventType.values())
          .mapToInt(type -> InteractionsDays.SCHEMA.ordinal(InteractionsDays.column(type)))
          .toArray();

  private final long[] counts = new long[COUNTS.length];

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    Arrays.fill(counts, 0);
    while (partials.next()) {
      for (int type = 0; type < counts.length; type++) {
        counts[type] += partials.value().readUnsigned();
      }
    }
    var row = output.row();
    int length = key.readTextLength();
    row.setText(USER_ID, key.bytes(), key.position(), length);
    key.skip(length);
    row.setText(PRODUCT_ID, key.bytes(), key.position(), key.remaining());
    for (int type = 0; type < counts.length; type++) {
      row.setLong(COUNTS[type], counts[type]);
    }
    output.write();
  }
}
