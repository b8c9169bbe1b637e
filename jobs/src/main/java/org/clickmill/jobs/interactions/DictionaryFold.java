package org.clickmill.jobs.interactions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.TextDictionary;

/** Finds the distinct users and products of the interactions. */
final class DictionaryFold implements Fold {
  private static final int INITIAL_ROWS = 1024;

  private final WeightedCounts counts;
  private final Ids users = new Ids();
  private final Ids products = new Ids();

  DictionaryFold(Weights weights) {
    counts = new WeightedCounts(weights);
  }

  /** Distinct ids, and in how many rows each is. */
  private static final class Ids {
    private final TextDictionary texts = new TextDictionary();
    private long[] rows = new long[INITIAL_ROWS];
    private StringColumn column;
    private int[] translation = new int[0];

    private void begin(StringColumn next) {
      column = next;
      translation = TextDictionary.translation(next, translation);
    }

    private void add(int row) {
      int id = column.ids()[row];
      if (translation[id] == TextDictionary.UNKNOWN) {
        translation[id] = texts.ordinal(column, id);
        if (texts.size() > rows.length) {
          rows = Arrays.copyOf(rows, 2 * rows.length);
        }
      }
      rows[translation[id]]++;
    }

    private long memoryBytes() {
      return texts.memoryBytes() + (long) Long.BYTES * rows.length;
    }

    private void flush(String table, Emitter emitter) {
      var key = new ByteWriter();
      var nothing = new ByteWriter();
      for (int i = 0; i < texts.size(); i++) {
        key.clear().putBytes(texts.bytes(), texts.offset(i), texts.length(i));
        emitter.emit(table, key, nothing, rows[i]);
      }
      texts.clear();
      rows = new long[INITIAL_ROWS];
    }
  }

  @Override
  public List<String> columns() {
    var columns = new ArrayList<String>(List.of("user_id", "product_id"));
    columns.addAll(counts.columns());
    return columns;
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    counts.begin(batch);
    users.begin(batch.strings("user_id"));
    products.begin(batch.strings("product_id"));
    int folded = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (counts.isInteraction(row)) {
        users.add(row);
        products.add(row);
        folded++;
      }
    }
    return folded;
  }

  @Override
  public long memoryBytes() {
    return users.memoryBytes() + products.memoryBytes();
  }

  @Override
  public void flush(Emitter emitter) {
    users.flush(Interactions.USERS, emitter);
    products.flush(Interactions.PRODUCTS, emitter);
  }
}
