package org.clickmill.jobs.customers;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.KeyPart;

/**
 * Emits each row that has a visitor and a user. A visitor without visitor_id is identified by the
 * user_id, and is no other than the user.
 */
final class IdentitiesFold implements Fold {
  private final Emitter emitter;
  private final String visitorColumn;
  private final String firstColumn;
  private final String lastColumn;

  /** Null where each row is one session. */
  private final String countColumn;

  private final ByteWriter key = new ByteWriter();
  private final ByteWriter partial = new ByteWriter();

  IdentitiesFold(
      Emitter emitter,
      String visitorColumn,
      String firstColumn,
      String lastColumn,
      String countColumn) {
    this.emitter = emitter;
    this.visitorColumn = visitorColumn;
    this.firstColumn = firstColumn;
    this.lastColumn = lastColumn;
    this.countColumn = countColumn;
  }

  @Override
  public List<String> columns() {
    return Stream.of(visitorColumn, "user_id", firstColumn, lastColumn, countColumn)
        .filter(column -> column != null)
        .toList();
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    var visitors = batch.strings(visitorColumn);
    var users = batch.strings("user_id");
    long[] first = batch.longs(firstColumn).values();
    long[] last = batch.longs(lastColumn).values();
    long[] counts = countColumn == null ? null : batch.longs(countColumn).values();
    long folded = 0;
    for (int row = 0; row < batch.size(); row++) {
      int visitor = visitors.ids()[row];
      int user = users.ids()[row];
      if (visitor == StringColumn.NULL
          || user == StringColumn.NULL
          || isSame(visitors, visitor, users, user)) {
        continue;
      }
      KeyPart.put(
          key.clear(), visitors.bytes(), visitors.offset(visitor), visitors.length(visitor));
      key.putBytes(users.bytes(), users.offset(user), users.length(user));
      partial.clear().putSigned(first[row]).putSigned(last[row]);
      partial.putUnsigned(counts == null ? 1 : counts[row]);
      emitter.emit(Identities.DATASET, key, partial, 1);
      folded++;
    }
    return folded;
  }

  private static boolean isSame(StringColumn a, int idOfA, StringColumn b, int idOfB) {
    return Arrays.equals(
        a.bytes(),
        a.offset(idOfA),
        a.offset(idOfA) + a.length(idOfA),
        b.bytes(),
        b.offset(idOfB),
        b.offset(idOfB) + b.length(idOfB));
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter any) {}
}
