package org.clickmill.jobs.live;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.clickmill.formats.event.EventKey;

/**
 * The keys by which events are sorted on their way into buckets. Arrivals, which have an event_id,
 * are sorted by (day, hash of the id, bucket, event); what goes into buckets by (day, bucket, hash,
 * event), where an event without id that counts has the hash 0, and no event means that those with
 * the hash are to be dropped. In a bucket's file the keys are (hash, event).
 */
final class EventPlace {
  /** Length of the hash of an event_id. */
  static final int HASH = 2 * Long.BYTES;

  private static final int DAY = Integer.BYTES;
  private static final int BUCKET = Short.BYTES;
  private static final int HEADER = DAY + BUCKET + HASH;

  private EventPlace() {}

  static byte[] arrival(HashValue128 id, EventKey event) {
    long time = EventKey.eventTime(event.bytes(), 0);
    return key(event.length())
        .putInt(ordered(Bucket.day(time)))
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .putShort((short) Bucket.of(time))
        .put(event.bytes(), 0, event.length())
        .array();
  }

  /** An event in its bucket, whatever its id. */
  static byte[] placed(EventKey event) {
    long time = EventKey.eventTime(event.bytes(), 0);
    return key(event.length())
        .putInt(ordered(Bucket.day(time)))
        .putShort((short) Bucket.of(time))
        .putLong(0)
        .putLong(0)
        .put(event.bytes(), 0, event.length())
        .array();
  }

  /** The event of an arrival in its bucket. */
  static byte[] placed(byte[] arrival) {
    return key(arrival.length - HEADER)
        .put(arrival, 0, DAY)
        .put(arrival, DAY + HASH, BUCKET)
        .put(arrival, DAY, HASH)
        .put(arrival, HEADER, arrival.length - HEADER)
        .array();
  }

  /** That a bucket is to drop the events with the id of an arrival. */
  static byte[] dropped(byte[] arrival, int bucket) {
    return key(0).put(arrival, 0, DAY).putShort((short) bucket).put(arrival, DAY, HASH).array();
  }

  /** What a bucket's file holds of a placed event. */
  static byte[] inBucket(byte[] placed) {
    return Arrays.copyOfRange(placed, DAY + BUCKET, placed.length);
  }

  static int dayOf(byte[] key) {
    return ByteBuffer.wrap(key).getInt() ^ Integer.MIN_VALUE;
  }

  static int bucketOfPlaced(byte[] key) {
    return ByteBuffer.wrap(key).getShort(DAY);
  }

  static int bucketOfArrival(byte[] key) {
    return ByteBuffer.wrap(key).getShort(DAY + HASH);
  }

  static long high(byte[] arrival) {
    return ByteBuffer.wrap(arrival).getLong(DAY);
  }

  static long low(byte[] arrival) {
    return ByteBuffer.wrap(arrival).getLong(DAY + Long.BYTES);
  }

  /** Whether two arrivals are of one day and have the same id. */
  static boolean isSameId(byte[] arrival, byte[] other) {
    return Arrays.equals(arrival, 0, DAY + HASH, other, 0, DAY + HASH);
  }

  /** Whether two placed keys are of one bucket. */
  static boolean isSameBucket(byte[] placed, byte[] other) {
    return Arrays.equals(placed, 0, DAY + BUCKET, other, 0, DAY + BUCKET);
  }

  /** Whether two keys of a bucket's file have the same hash, which is that of an id. */
  static boolean isSameHash(byte[] key, byte[] other) {
    return hasHash(key) && Arrays.equals(key, 0, HASH, other, 0, HASH);
  }

  private static boolean hasHash(byte[] key) {
    var buffer = ByteBuffer.wrap(key);
    return buffer.getLong(0) != 0 || buffer.getLong(Long.BYTES) != 0;
  }

  private static ByteBuffer key(int event) {
    return ByteBuffer.allocate(HEADER + event);
  }

  private static int ordered(int day) {
    return day ^ Integer.MIN_VALUE;
  }
}
