package org.clickmill.jobs.groupby;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.datasketches.thetacommon.ThetaUtil;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * How many distinct values there are, as a theta sketch of nominal size 4,096: the 4,096 smallest
 * hashes and theta, the bound below which all are kept. That is what an ordered compact result of
 * DataSketches' Union holds, and it depends on the set of values alone, not on the order or
 * grouping of merges.
 *
 * <p>Hashes are sorted as they are, without objects; {@link #image()} has the bytes that any
 * DataSketches library reads.
 */
public final class ThetaSketch {
  public static final int NOMINAL_SIZE = 4096;

  /** Theta where all hashes are kept. */
  public static final long NO_BOUND = Long.MAX_VALUE;

  private static final short SEED_HASH = ThetaUtil.computeSeedHash(ThetaUtil.DEFAULT_UPDATE_SEED);

  private long[] hashes = new long[16];
  private int size;
  private long theta = NO_BOUND;
  private boolean settled = true;
  private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

  /** Writes the sketch of a range of hashes, which are distinct and sorted. */
  public static void write(ByteWriter writer, long[] hashes, int from, int to) {
    int end = Math.min(to, from + NOMINAL_SIZE);
    writer.putUnsigned(end - from);
    writer.putFixed(end < to ? hashes[end] : NO_BOUND);
    for (int i = from; i < end; i++) {
      writer.putFixed(hashes[i]);
    }
  }

  /** Begins with another, empty set. */
  public void clear() {
    size = 0;
    theta = NO_BOUND;
    settled = true;
  }

  /** Adds the sketch that {@link #write} wrote. */
  public void merge(ByteReader reader) {
    int added = (int) reader.readUnsigned();
    theta = Math.min(theta, reader.readFixed());
    // What is merged first is settled already: its hashes are distinct, sorted and below its theta.
    settled = size == 0;
    reserve(added);
    for (int i = 0; i < added; i++) {
      hashes[size++] = reader.readFixed();
    }
    settleIfLarge();
  }

  /** The number of longs before the hashes of an {@link #image()}. */
  public static int preambleLongs(ByteBuffer image) {
    return image.get(0);
  }

  /** The bound below which an {@link #image()}, in little-endian order, has all hashes. */
  public static long theta(ByteBuffer image) {
    return preambleLongs(image) > 2 ? image.getLong(2 * Long.BYTES) : NO_BOUND;
  }

  /** The estimated number of values, given how many of their hashes are below theta. */
  public static long count(int below, long theta) {
    return theta == NO_BOUND ? below : Math.round(below * ((double) Long.MAX_VALUE / theta));
  }

  /** Number of values: exact while the sketch holds all, else the estimate. */
  public long count() {
    settle();
    return count(size, theta);
  }

  /** The serialized ordered compact sketch, serial version 3. */
  public byte[] image() {
    int length = encode();
    return Arrays.copyOf(encoded(), length);
  }

  /** Serializes into {@link #encoded()} what {@link #image()} is, and returns its length. */
  public int encode() {
    settle();
    boolean single = size == 1 && theta == NO_BOUND;
    boolean empty = size == 0 && theta == NO_BOUND;
    int preambleLongs = theta != NO_BOUND ? 3 : single || empty ? 1 : 2;
    int length = (preambleLongs + size) * Long.BYTES;
    if (buffer.capacity() < length) {
      buffer = ByteBuffer.allocate(2 * length).order(ByteOrder.LITTLE_ENDIAN);
    }
    buffer.clear();
    int flags = 0x02 | 0x08 | 0x10 | (empty ? 0x04 : 0) | (single ? 0x20 : 0);
    buffer.put((byte) preambleLongs).put((byte) 3).put((byte) 3);
    buffer.put((byte) 0).put((byte) 0).put((byte) flags);
    // The library writes an empty sketch without the hash of a seed: it fits every other.
    buffer.putShort(empty ? 0 : SEED_HASH);
    if (preambleLongs > 1) {
      buffer.putInt(size).putFloat(1.0f);
    }
    if (preambleLongs > 2) {
      buffer.putLong(theta);
    }
    for (int i = 0; i < size; i++) {
      buffer.putLong(hashes[i]);
    }
    return length;
  }

  /** The buffer that {@link #encode()} fills. */
  public byte[] encoded() {
    return buffer.array();
  }

  private void reserve(int added) {
    if (size + added > hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(size + added, 2 * hashes.length));
    }
  }

  private void settleIfLarge() {
    if (size > 16 * NOMINAL_SIZE) {
      settle();
    }
  }

  /** Sorts, drops repeated hashes and what lies at or above theta, and keeps the smallest. */
  private void settle() {
    if (settled) {
      return;
    }
    settled = true;
    Arrays.sort(hashes, 0, size);
    int kept = 0;
    for (int i = 0; i < size && hashes[i] < theta; i++) {
      if (kept == 0 || hashes[i] != hashes[kept - 1]) {
        hashes[kept++] = hashes[i];
      }
    }
    if (kept > NOMINAL_SIZE) {
      theta = hashes[NOMINAL_SIZE];
      kept = NOMINAL_SIZE;
    }
    size = kept;
  }
}
