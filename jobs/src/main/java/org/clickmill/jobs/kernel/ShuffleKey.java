package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.WritableComparator;
import org.apache.hadoop.mapreduce.Partitioner;

/**
 * The key of the shuffle: the index of the table, the first day of the partition, and the key that
 * the fold emitted. Its bytes sort as they stand, so the keys of one partition of a table reach a
 * reducer together.
 */
final class ShuffleKey {
  /** Length of what stands before the fold's key. */
  static final int PREFIX = 1 + Integer.BYTES;

  private ShuffleKey() {}

  static void set(
      BytesWritable target, ByteWriter buffer, int table, int epochDay, ByteReader key) {
    buffer.clear().putByte(table);
    for (int shift = 24; shift >= 0; shift -= 8) {
      // Flipping the sign bit keeps days before 1970 in order.
      buffer.putByte((epochDay ^ Integer.MIN_VALUE) >>> shift);
    }
    buffer.putBytes(key.bytes(), key.position(), key.remaining());
    target.set(buffer.bytes(), 0, buffer.length());
  }

  static int table(BytesWritable key) {
    return key.getBytes()[0] & 0xff;
  }

  static LocalDate start(BytesWritable key) {
    return LocalDate.ofEpochDay(epochDay(key.getBytes()));
  }

  private static int epochDay(byte[] bytes) {
    int value = 0;
    for (int i = 1; i <= Integer.BYTES; i++) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value ^ Integer.MIN_VALUE;
  }

  /** Sends an output partition to one reducer, or to several neighbours if it is spread. */
  static final class ToReducers extends Partitioner<BytesWritable, BytesWritable>
      implements Configurable {
    /** By table, over how many reducers an output partition goes. */
    static final String SPREAD = "clickmill.internal.fold.spread";

    /** By table, how many of a key's last bytes only say where it stands among others. */
    static final String SORT_ONLY = "clickmill.internal.fold.sort-only";

    /**
     * By table, how many of a key's first bytes are hashed; 0 if all are, {@link #FIRST_PART} if
     * those of the first {@link KeyPart} are.
     */
    static final String HASHED = "clickmill.internal.fold.hashed";

    static final int FIRST_PART = -1;

    private Configuration configuration;
    private int[] spread = new int[0];
    private int[] sortOnly = new int[0];
    private int[] hashed = new int[0];

    @Override
    public int getPartition(BytesWritable key, BytesWritable value, int reducers) {
      int table = table(key);
      int slot = table + epochDay(key.getBytes());
      if (spread[table] > 1) {
        int hash = WritableComparator.hashBytes(key.getBytes(), PREFIX, hashedLength(table, key));
        slot += Math.floorMod(hash * 0x9e3779b9, spread[table]);
      }
      return Math.floorMod(slot, reducers);
    }

    private int hashedLength(int table, BytesWritable key) {
      int first = table < hashed.length ? hashed[table] : 0;
      if (first == FIRST_PART) {
        return KeyPart.end(key.getBytes(), PREFIX) - PREFIX;
      }
      int last = table < sortOnly.length ? sortOnly[table] : 0;
      return first > 0 ? first : key.getLength() - PREFIX - last;
    }

    @Override
    public void setConf(Configuration configuration) {
      this.configuration = configuration;
      spread = configuration.getInts(SPREAD);
      sortOnly = configuration.getInts(SORT_ONLY);
      hashed = configuration.getInts(HASHED);
    }

    @Override
    public Configuration getConf() {
      return configuration;
    }
  }
}
