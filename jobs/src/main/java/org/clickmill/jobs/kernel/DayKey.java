package org.clickmill.jobs.kernel;

/**
 * The key of a secondary sort: a key of any bytes, and behind it a day. Its bytes sort as they
 * stand, so all days of a key come one after another, in order. {@link Table.Spread#BY_KEY} sends
 * them to one reducer.
 */
final class DayKey {
  /** Length of the day, which is the last that a key has. */
  static final int DAY_LENGTH = Integer.BYTES;

  private DayKey() {}

  /** Writes a key, ended so that no other begins with it, and a day since the epoch. */
  static void put(ByteWriter target, byte[] key, int offset, int length, long epochDay) {
    KeyPart.put(target, key, offset, length);
    int ordered = Math.toIntExact(epochDay) ^ Integer.MIN_VALUE;
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      target.putByte(ordered >>> shift);
    }
  }

  /** The number of bytes that two days of one key have in common. */
  static int keyLength(ByteReader dayKey) {
    return dayKey.remaining() - DAY_LENGTH;
  }

  /** The day since the epoch. */
  static long day(ByteReader dayKey) {
    int day = 0;
    int from = dayKey.position() + keyLength(dayKey);
    for (int i = from; i < from + DAY_LENGTH; i++) {
      day = day << Byte.SIZE | dayKey.bytes()[i] & 0xff;
    }
    return day ^ Integer.MIN_VALUE;
  }

  /** Appends the key as it was. */
  static void getKey(ByteReader dayKey, ByteWriter target) {
    var part = new ByteReader();
    KeyPart.read(part.reset(dayKey.bytes(), dayKey.position(), dayKey.remaining()), target);
  }
}
