package org.clickmill.jobs.sessions;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.RowGroups;

/**
 * The rows of known types of a batch, grouped by visitor: a group for each text of visitor_id, then
 * of user_id, then of user_session. Equal texts of a column have equal ids in the batch.
 */
final class VisitorRows {
  private final RowGroups groups = new RowGroups();
  private final IntArrayList withoutVisitor = new IntArrayList();
  private int count;

  /**
   * Groups a batch.
   *
   * @param columns of the same batch
   */
  void group(ColumnBatch batch, EventColumns columns) {
    var visitorIds = batch.strings("visitor_id");
    var users = batch.strings("user_id");
    var sessions = batch.strings("user_session");
    int firstUser = visitorIds.dictionarySize();
    int firstSession = firstUser + users.dictionarySize();
    count = firstSession + sessions.dictionarySize();
    withoutVisitor.clear();
    int[] group = groups.groups(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      group[row] = RowGroups.NONE;
      if (columns.type(row) == KnownType.UNKNOWN) {
        continue;
      }
      if (firstUser > 0 && visitorIds.ids()[row] != StringColumn.NULL) {
        group[row] = visitorIds.ids()[row];
      } else if (users.ids()[row] != StringColumn.NULL) {
        group[row] = firstUser + users.ids()[row];
      } else if (sessions.ids()[row] != StringColumn.NULL) {
        group[row] = firstSession + sessions.ids()[row];
      } else {
        withoutVisitor.add(row);
      }
    }
    groups.sort(batch.size(), count);
  }

  /** Number of groups, of which some may be empty. */
  int count() {
    return count;
  }

  /** Number of rows in all groups. */
  int size() {
    return groups.size();
  }

  /** Where the rows of a visitor begin in {@link #rows()}; the next group's begin at their end. */
  int start(int visitor) {
    return groups.start(visitor);
  }

  /** The rows of all visitors, each visitor's in the order of the batch. */
  int[] rows() {
    return groups.rows();
  }

  /** The rows without any of the three. */
  IntArrayList withoutVisitor() {
    return withoutVisitor;
  }
}
