package org.clickmill.jobs.groupby;

import java.util.ArrayList;
import java.util.List;
import org.clickmill.formats.table.ColumnBatch;

/** The rows of the batch at hand that are aggregated, and those of them that have some flags. */
final class Rows<S extends RowSource> {
  private final S source;
  private final int where;
  private final List<String> notNull;
  private final Selection all = new Selection();
  private final List<Flagged> flagged = new ArrayList<>();
  private ColumnBatch batch;

  /** The rows with some flags; selected when it is first asked for in a batch. */
  private static final class Flagged {
    private final int flags;
    private final Selection selection = new Selection();
    private boolean isSelected;

    private Flagged(int flags) {
      this.flags = flags;
    }
  }

  /**
   * @param where the flags that a row must have
   * @param notNull the columns that a row must have a value of
   */
  Rows(S source, int where, List<String> notNull) {
    this.source = source;
    this.where = where;
    this.notNull = List.copyOf(notNull);
  }

  void begin(ColumnBatch next) {
    batch = next;
    int count = source.begin(next);
    all.select(count, source.flags(), where);
    for (var column : notNull) {
      if (all.size() > 0) {
        all.leaveOutNull(next.strings(column).ids(), source.batchRows());
      }
    }
    flagged.forEach(rows -> rows.isSelected = false);
  }

  S source() {
    return source;
  }

  ColumnBatch batch() {
    return batch;
  }

  Selection all() {
    return all;
  }

  Selection with(int flags) {
    if ((flags & ~where) == 0) {
      return all;
    }
    for (var rows : flagged) {
      if (rows.flags == flags) {
        return selected(rows);
      }
    }
    var rows = new Flagged(flags);
    flagged.add(rows);
    return selected(rows);
  }

  private Selection selected(Flagged rows) {
    if (!rows.isSelected) {
      rows.selection.select(all, source.flags(), rows.flags);
      rows.isSelected = true;
    }
    return rows.selection;
  }
}
