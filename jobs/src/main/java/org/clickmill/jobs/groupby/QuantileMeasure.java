package org.clickmill.jobs.groupby;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.Arrays;
import java.util.function.Function;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * How many values of which size there are, for quantiles. Numbers whose first ten binary digits are
 * the same count as one, so that a quantile is off by at most 0.1 % of its value; numbers below
 * 1,024 are exact. Unlike sketches that choose by chance, what comes out does not depend on how the
 * rows are divided. A group takes memory for the sizes that turn up, of which there are at most
 * 60,000.
 */
public final class QuantileMeasure<S extends RowSource> extends Measure<S> {
  /** Binary digits behind the first one that are kept. */
  private static final int DIGITS = 9;

  private static final int SIZES = 1 << DIGITS;
  private static final int BUCKET_BITS = 20;
  private static final int MIDDLE = 1 << (BUCKET_BITS - 1);
  private static final int BUCKETS_A_PART = 1 << 14;

  private final Function<S, long[]> column;

  /** By group and bucket. */
  private final Long2LongOpenHashMap counts = new Long2LongOpenHashMap();

  /** The keys of all groups in order, and where those of a group begin. */
  private long[] sorted = new long[0];

  private int[] starts = new int[0];

  QuantileMeasure(int flags, Function<S, long[]> column) {
    super(flags);
    this.column = column;
  }

  /** Whether the group whose row is being written has values. */
  public boolean isPresent() {
    return !counts.isEmpty();
  }

  /**
   * The smallest value that this share of all values does not exceed.
   *
   * @param share from 0 to 1
   */
  public long value(double share) {
    beginWrite(1);
    long total = 0;
    for (long key : sorted) {
      total = Math.addExact(total, counts.get(key));
    }
    long wanted = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (long key : sorted) {
      seen = Math.addExact(seen, counts.get(key));
      if (seen >= wanted) {
        return middle(bucketOf(key));
      }
    }
    return 0;
  }

  /** The number of a value's bucket; buckets are in the order of their values. */
  static int bucket(long value) {
    long size = value < 0 ? -(value + 1) : value;
    int bucket;
    if (size < 2 * SIZES) {
      bucket = (int) size;
    } else {
      int shift = Long.SIZE - 1 - DIGITS - Long.numberOfLeadingZeros(size);
      bucket = (shift + 1) * SIZES + (int) ((size >>> shift) - SIZES);
    }
    return value < 0 ? -1 - bucket : bucket;
  }

  /** The value in the middle of a bucket. */
  static long middle(int bucket) {
    int place = bucket < 0 ? -1 - bucket : bucket;
    long size;
    if (place < 2 * SIZES) {
      size = place;
    } else {
      int shift = place / SIZES - 1;
      size = ((long) (place % SIZES + SIZES) << shift) + (1L << shift >> 1);
    }
    return bucket < 0 ? -1 - size : size;
  }

  /** What stands for a value among those that count as one with it. */
  public static long rounded(long value) {
    return middle(bucket(value));
  }

  private static long key(int group, int bucket) {
    return ((long) group << BUCKET_BITS) | (bucket + MIDDLE);
  }

  private static int bucketOf(long key) {
    return (int) (key & ((1 << BUCKET_BITS) - 1)) - MIDDLE;
  }

  @Override
  void open(int from, int to) {
    // A group is open when it has a value.
  }

  @Override
  void add(Rows<S> rows, Selection selection, int[] groups) {
    if (selection.size() == 0) {
      return;
    }
    var values = column.apply(rows.source());
    var selected = selection.rows();
    for (int i = 0; i < selection.size(); i++) {
      int row = selected[i];
      counts.addTo(key(groups[row], bucket(values[row])), 1);
    }
  }

  @Override
  void beginWrite(int groups) {
    sorted = counts.keySet().toLongArray();
    Arrays.sort(sorted);
    starts = new int[groups + 1];
    for (long key : sorted) {
      starts[(int) (key >>> BUCKET_BITS) + 1]++;
    }
    for (int group = 0; group < groups; group++) {
      starts[group + 1] += starts[group];
    }
  }

  @Override
  int parts(int group) {
    int size = starts[group + 1] - starts[group];
    return Math.max(1, (size + BUCKETS_A_PART - 1) / BUCKETS_A_PART);
  }

  @Override
  void write(int group, int part, ByteWriter partial) {
    int from = starts[group] + part * BUCKETS_A_PART;
    int to = Math.min(starts[group + 1], from + BUCKETS_A_PART);
    partial.putUnsigned(to - from);
    for (int i = from; i < to; i++) {
      partial.putSigned(bucketOf(sorted[i])).putUnsigned(counts.get(sorted[i]));
    }
  }

  @Override
  void merge(ByteReader partial) {
    for (long left = partial.readUnsigned(); left > 0; left--) {
      long key = key(0, (int) partial.readSigned());
      counts.addTo(key, partial.readUnsigned());
    }
  }

  @Override
  void clear() {
    if (counts.size() > KEPT_GROUPS) {
      counts.clear();
      counts.trim();
    } else {
      counts.clear();
    }
    sorted = new long[0];
    starts = new int[0];
  }

  /** With what {@link #beginWrite} makes. */
  @Override
  long memoryBytes() {
    return 40L * counts.size();
  }
}
