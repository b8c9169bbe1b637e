package org.clickmill.formats.avro;

import org.clickmill.formats.failure.DamagedFileException;

/**
 * How a file of events says that the visitors of each of its blocks are of one range of hashes, so
 * that who wants other ranges need not decode the block: the number of ranges, a power of two, is
 * in its header. A block's first event tells which of them it is. Other readers need not know of
 * it.
 */
final class BlockRanges {
  /** Of the header. */
  static final String KEY = "clickmill.ranges";

  /** Blocks of a file that is written so are smaller by this, since one of each range is open. */
  static final int WRITTEN = 4;

  private static final int MOST = 1 << 16;

  private BlockRanges() {}

  /** Reads what the header says; null is for a file whose blocks may have events of any visitor. */
  static int parse(String text) {
    if (text == null) {
      return 1;
    }
    for (int ranges = 1; ranges <= MOST; ranges *= 2) {
      if (text.equals(Integer.toString(ranges))) {
        return ranges;
      }
    }
    throw new DamagedFileException("'%s' ranges of visitors in its header", text);
  }
}
