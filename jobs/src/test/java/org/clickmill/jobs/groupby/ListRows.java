package org.clickmill.jobs.groupby;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.groupby.DistinctMeasure.Hashes;

/** The events of a {@link ListBatch} that are sold or come back. */
final class ListRows implements RowSource {
  static final int SOLD = 1;
  static final int BACK = 2;
  static final int OF_USER = 4;

  private ColumnBatch batch;
  private int[] batchRows = new int[0];
  private int[] flags = new int[0];

  @Override
  public List<String> columns() {
    return List.of("event_type", "price", "user_id");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public int begin(ColumnBatch next) {
    batch = next;
    var types = next.strings("event_type");
    var users = next.strings("user_id").ids();
    batchRows =
        IntStream.range(0, next.size())
            .filter(row -> flag(types.text(types.ids()[row])) != 0)
            .toArray();
    flags =
        IntStream.of(batchRows)
            .map(
                row ->
                    flag(types.text(types.ids()[row]))
                        | (users[row] == StringColumn.NULL ? 0 : OF_USER))
            .toArray();
    return batchRows.length;
  }

  static int flag(String type) {
    return type.equals("sold") ? SOLD : type.equals("back") ? BACK : 0;
  }

  @Override
  public int[] batchRows() {
    return batchRows;
  }

  @Override
  public int[] flags() {
    return flags;
  }

  long[] prices() {
    var prices = batch.longs("price").values();
    return IntStream.of(batchRows).mapToLong(row -> prices[row]).toArray();
  }

  long[] times() {
    var times = batch.longs("event_time").values();
    return IntStream.of(batchRows).mapToLong(row -> times[row]).toArray();
  }

  Hashes users() {
    return new Hashes(new long[batchRows.length], sketched());
  }

  /** As sketches take them. */
  long[] sketched() {
    var users = batch.strings("user_id");
    return IntStream.of(batchRows).mapToLong(row -> hash(users.text(users.ids()[row]))).toArray();
  }

  static long hash(String user) {
    return user == null
        ? SketchMeasure.NONE
        : (user.hashCode() * 0x9e3779b97f4a7c15L ^ (user.length() * 31L)) >>> 1 | 1;
  }
}
