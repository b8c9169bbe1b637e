package org.clickmill.jobs.views;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.groupby.RowSource;
import org.clickmill.jobs.groupby.SketchMeasure;

/** All events as rows to be aggregated: views, and others that say what a product is. */
final class ProductEvents implements RowSource {
  /** An event of a type that the analyses know. */
  static final int KNOWN = 1;

  static final int VIEW = 2;

  private final VisitorHashes visitors = new VisitorHashes();
  private ColumnBatch batch;
  private int[] batchRows = new int[0];
  private int[] flags = new int[0];
  private long[] hashes = new long[0];
  private boolean hasHashes;

  @Override
  public List<String> columns() {
    return List.of("event_type", "visitor_id", "user_id", "user_session");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public int begin(ColumnBatch next) {
    batch = next;
    hasHashes = false;
    int size = next.size();
    reserve(size);
    var types = next.strings("event_type");
    var flagsOfType = flags(types);
    var ids = types.ids();
    for (int row = 0; row < size; row++) {
      flags[row] = flagsOfType[ids[row]];
    }
    return size;
  }

  private static int[] flags(StringColumn types) {
    var flags = new int[types.dictionarySize()];
    for (int id = 0; id < flags.length; id++) {
      for (var type : EventType.values()) {
        if (type.matches(types.bytes(), types.offset(id), types.length(id))) {
          flags[id] = type == EventType.VIEW ? KNOWN | VIEW : KNOWN;
        }
      }
    }
    return flags;
  }

  private void reserve(int size) {
    if (flags.length < size) {
      flags = new int[size];
      batchRows = new int[size];
      Arrays.setAll(batchRows, row -> row);
    }
  }

  /** Every row is one of the batch's, with the same number. */
  @Override
  public int[] batchRows() {
    return batchRows;
  }

  @Override
  public int[] flags() {
    return flags;
  }

  /** The hashes of the visitors of views; {@link SketchMeasure#NONE} where there is none. */
  long[] visitors() {
    if (!hasHashes) {
      hasHashes = true;
      visitors.begin(batch);
      hashes = hashes.length < batch.size() ? new long[batch.size()] : hashes;
      for (int row = 0; row < batch.size(); row++) {
        hashes[row] = (flags[row] & VIEW) == 0 ? SketchMeasure.NONE : visitors.hash(row);
      }
    }
    return hashes;
  }
}
