package org.clickmill.jobs.summary;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.groupby.DistinctMeasure.Hashes;
import org.clickmill.jobs.groupby.RowSource;

/** All events as rows to be aggregated, with their visitors. */
final class AllEvents implements RowSource {
  static final int VIEW = 1;

  /** The visitor is known: visitor_id, else user_id, else user_session. */
  static final int OF_VISITOR = 2;

  private static final List<String> VISITOR = List.of("visitor_id", "user_id", "user_session");
  private static final Hasher128 HASHER = Hashing.murmur3_128();

  private ColumnBatch batch;
  private int[] batchRows = new int[0];
  private int[] flags = new int[0];
  private boolean hasVisitors;
  private Hashes visitors = new Hashes(new long[0], new long[0]);

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
    hasVisitors = false;
    int size = next.size();
    if (flags.length < size) {
      flags = new int[size];
      batchRows = new int[size];
      Arrays.setAll(batchRows, row -> row);
      visitors = new Hashes(new long[size], new long[size]);
    }
    var types = next.strings("event_type");
    var isView = isView(types);
    for (int row = 0; row < size; row++) {
      flags[row] = isView[types.ids()[row]] ? VIEW : 0;
    }
    for (var name : VISITOR) {
      int[] ids = next.strings(name).ids();
      for (int row = 0; row < size; row++) {
        flags[row] |= ids[row] == StringColumn.NULL ? 0 : OF_VISITOR;
      }
    }
    return size;
  }

  private static boolean[] isView(StringColumn types) {
    var isView = new boolean[types.dictionarySize()];
    for (int id = 0; id < isView.length; id++) {
      isView[id] = EventType.VIEW.matches(types.bytes(), types.offset(id), types.length(id));
    }
    return isView;
  }

  @Override
  public int[] batchRows() {
    return batchRows;
  }

  @Override
  public int[] flags() {
    return flags;
  }

  /** Without meaning where there is no visitor. */
  Hashes visitors() {
    if (!hasVisitors) {
      hasVisitors = true;
      var columns = VISITOR.stream().map(batch::strings).toList();
      StringColumn before = null;
      int idBefore = StringColumn.NULL;
      HashValue128 hash = null;
      for (int row = 0; row < batch.size(); row++) {
        if ((flags[row] & OF_VISITOR) == 0) {
          continue;
        }
        var column = columns.get(0);
        for (int i = 1; column.ids()[row] == StringColumn.NULL; i++) {
          column = columns.get(i);
        }
        int id = column.ids()[row];
        // A visitor's events of a day lie beside each other.
        if (id != idBefore || column != before) {
          before = column;
          idBefore = id;
          hash = HASHER.hashBytesTo128Bits(column.bytes(), column.offset(id), column.length(id));
        }
        visitors.highs()[row] = hash.getMostSignificantBits();
        visitors.lows()[row] = hash.getLeastSignificantBits();
      }
    }
    return visitors;
  }
}
