package org.clickmill.jobs.live;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A run of sorted ids, of which single ones are looked up or all are read. Hashes are spread
 * evenly, so the place of one can be computed; two or three reads of a block find it, however many
 * there are. After a few that fail to, the search goes on by halves.
 */
final class IdRunReader implements Closeable {
  private static final int RECORD = IdRunWriter.RECORD;
  private static final int BLOCK = IdRunWriter.BLOCK;
  private static final int GUESSES = 6;

  private final Path path;
  private final FSDataInputStream in;
  private final long ids;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK * RECORD + Integer.BYTES);

  /** The first id that is in the block, and how many are. */
  private long first;

  private int size;

  /** The id that is next to be read. */
  private long next;

  IdRunReader(FileSystem fileSystem, Path path, long ids) throws IOException {
    this.path = path;
    this.ids = ids;
    in = fileSystem.open(path);
  }

  /** The bucket of an id, or -1 if it is not in the run. */
  int find(long high, long low) throws IOException {
    long from = 0;
    long to = ids;
    double fromHash = 0;
    double toHash = 1;
    if (size > 0 && compare(0, high, low) <= 0) {
      // Ids are asked for in order, so it is mostly here or a little further on.
      from = first;
      fromHash = fraction(block.getLong(0));
    }
    for (int attempt = 0; from < to; attempt++) {
      if (size == 0 || attempt > 0 || from >= first + size) {
        load(guess(attempt, from, to, fromHash, toHash, fraction(high)));
      }
      if (compare(0, high, low) > 0) {
        to = first;
        toHash = fraction(block.getLong(0));
      } else if (compare(size - 1, high, low) < 0) {
        from = first + size;
        fromHash = fraction(block.getLong((size - 1) * RECORD));
      } else {
        return findInBlock(high, low);
      }
    }
    return -1;
  }

  private static long guess(
      int attempt, long from, long to, double fromHash, double toHash, double hash) {
    double share = toHash > fromHash ? (hash - fromHash) / (toHash - fromHash) : 0;
    double middle = attempt < GUESSES ? from + share * (to - from) : from + (to - from) / 2.0;
    return Math.max(from, Math.min((long) middle, to - 1));
  }

  /** An unsigned number as a share of the largest. */
  private static double fraction(long high) {
    return (high >>> 11) * 0x1.0p-53;
  }

  private int findInBlock(long high, long low) {
    int from = 0;
    int to = size - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      int order = compare(middle, high, low);
      if (order == 0) {
        return block.getShort(middle * RECORD + 2 * Long.BYTES);
      }
      if (order < 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return -1;
  }

  private int compare(int place, long high, long low) {
    int order = Long.compareUnsigned(block.getLong(place * RECORD), high);
    return order != 0
        ? order
        : Long.compareUnsigned(block.getLong(place * RECORD + Long.BYTES), low);
  }

  /** Reads the block that an id stands in. */
  private void load(long id) throws IOException {
    long number = id / BLOCK;
    first = number * BLOCK;
    size = (int) Math.min(BLOCK, ids - first);
    try {
      in.seek(number * (BLOCK * RECORD + Integer.BYTES));
      in.readFully(block.array(), 0, size * RECORD + Integer.BYTES);
    } catch (EOFException e) {
      throw KeyFile.damaged(path, e);
    }
    if (block.getInt(size * RECORD) != IdRunWriter.checksum(block, size)) {
      throw KeyFile.damaged(path, null);
    }
  }

  /** Goes to the first id, to read all. */
  void start() throws IOException {
    next = 0;
    if (ids > 0) {
      load(0);
    }
  }

  boolean isOver() {
    return next == ids;
  }

  void advance() throws IOException {
    next++;
    if (next < ids && next == first + size) {
      load(next);
    }
  }

  long high() {
    return block.getLong(place());
  }

  long low() {
    return block.getLong(place() + Long.BYTES);
  }

  int bucket() {
    return block.getShort(place() + 2 * Long.BYTES);
  }

  private int place() {
    return (int) (next - first) * RECORD;
  }

  int compare(IdRunReader other) {
    int order = Long.compareUnsigned(high(), other.high());
    return order != 0 ? order : Long.compareUnsigned(low(), other.low());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
