package org.clickmill.jobs.views;

import java.util.Arrays;
import org.apache.datasketches.hash.MurmurHash3;
import org.apache.datasketches.thetacommon.ThetaUtil;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.groupby.SketchMeasure;

/**
 * The visitor of each row of a batch (visitor_id, else user_id, else user_session) as the hash that
 * theta sketches take of its UTF-8 bytes. Each dictionary entry is hashed once.
 */
final class VisitorHashes {
  /** Of a row without visitor; no text has it, since sketches drop it. */
  private static final long NONE = SketchMeasure.NONE;

  private final Hashes visitorIds = new Hashes();
  private final Hashes userIds = new Hashes();
  private final Hashes sessions = new Hashes();

  void begin(ColumnBatch batch) {
    visitorIds.begin(batch.strings("visitor_id"));
    userIds.begin(batch.strings("user_id"));
    sessions.begin(batch.strings("user_session"));
  }

  long hash(int row) {
    long hash = visitorIds.hash(row);
    if (hash == NONE) {
      hash = userIds.hash(row);
    }
    return hash == NONE ? sessions.hash(row) : hash;
  }

  /** The hashes of one column's dictionary. */
  private static final class Hashes {
    private StringColumn column;
    private int[] ids;
    private long[] hashes = new long[0];

    private void begin(StringColumn next) {
      column = next;
      ids = next.ids();
      if (hashes.length < next.dictionarySize()) {
        hashes = new long[next.dictionarySize()];
      } else {
        Arrays.fill(hashes, 0, next.dictionarySize(), NONE);
      }
    }

    private long hash(int row) {
      int id = ids[row];
      if (id == StringColumn.NULL) {
        return NONE;
      }
      long hash = hashes[id];
      if (hash == NONE) {
        hash = hashOf(id);
        hashes[id] = hash;
      }
      return hash;
    }

    private long hashOf(int id) {
      int length = column.length(id);
      if (length == 0) {
        return NONE;
      }
      long[] hash =
          MurmurHash3.hash(
              column.bytes(), column.offset(id), length, ThetaUtil.DEFAULT_UPDATE_SEED);
      return hash[0] >>> 1;
    }
  }
}
