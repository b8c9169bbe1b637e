package org.clickmill.formats.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.failure.ClickmillException;

/**
 * The ids on a suppression list, each as 24 bytes: a short hash that most others differ from, and a
 * long one that decides. Both are keyed. Takes at most 28 bytes of memory per id.
 *
 * <p>As bytes: {@link #MAGIC}, 16 bytes that depend on the key only, the number of ids, the ids in
 * the order of their hashes, and the CRC-32C of all that; numbers with the highest byte first.
 */
public final class SuppressedIds {
  private static final byte[] MAGIC = "CMSUPPR1".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECK_BYTES = 16;
  private static final int HEADER_BYTES = MAGIC.length + CHECK_BYTES + Long.BYTES;
  private static final int BYTES_PER_ID = 3 * Long.BYTES;
  private static final int BITS_PER_ID = 16;

  /** Of the number and order of ids; more would not fit into an array of bytes. */
  private static final int MOST_IDS = (Integer.MAX_VALUE - HEADER_BYTES - 64) / BYTES_PER_ID;

  private final PrivacyKey key;
  private final long[] shortHashes;

  /** Two for each id. */
  private final long[] longHashes;

  /** A bit is set for each short hash: few others have theirs set. */
  private final long[] bits;

  private record Hashes(long ofFilter, long high, long low) implements Comparable<Hashes> {
    @Override
    public int compareTo(Hashes other) {
      int order = Long.compare(ofFilter, other.ofFilter);
      order = order != 0 ? order : Long.compare(high, other.high);
      return order != 0 ? order : Long.compare(low, other.low);
    }
  }

  private SuppressedIds(PrivacyKey key, long[] shortHashes, long[] longHashes) {
    this.key = key;
    this.shortHashes = shortHashes;
    this.longHashes = longHashes;
    long wanted = Math.max(1, (long) BITS_PER_ID * shortHashes.length / Long.SIZE);
    bits = new long[Integer.highestOneBit((int) wanted) << 1];
    for (long hash : shortHashes) {
      bits[word(hash)] |= 1L << hash;
    }
  }

  /** Nobody. */
  static SuppressedIds none(PrivacyKey key) {
    return new SuppressedIds(key, new long[0], new long[0]);
  }

  /**
   * Reads what {@link #toBytes} has written.
   *
   * @param file for messages
   * @throws ClickmillException of kind usage if it was written with another key, of kind failed if
   *     the bytes are damaged
   */
  static SuppressedIds parse(byte[] bytes, PrivacyKey key, String file) {
    var buffer = ByteBuffer.wrap(bytes);
    byte[] magic = new byte[MAGIC.length];
    byte[] check = new byte[CHECK_BYTES];
    boolean isWhole = bytes.length >= HEADER_BYTES + Integer.BYTES;
    long ids = 0;
    if (isWhole) {
      buffer.get(magic).get(check);
      ids = buffer.getLong();
      isWhole =
          Arrays.equals(magic, MAGIC)
              && ids >= 0
              && bytes.length == HEADER_BYTES + ids * BYTES_PER_ID + Integer.BYTES
              && buffer.getInt(bytes.length - Integer.BYTES)
                  == checksum(bytes, bytes.length - Integer.BYTES);
    }
    if (!isWhole) {
      throw ClickmillException.failed(
          "Cannot read suppression list %s: it is damaged. Bring it back from a backup or a"
              + " snapshot, or the forgotten would come back.",
          file);
    }
    if (!Arrays.equals(check, checkOf(key))) {
      throw ClickmillException.usage(
          "Cannot use suppression list %s: it was made with another key. Name the file of its key"
              + " by %s, or leave that unset if the key lies beside the list.",
          file, PrivacySettings.SUPPRESSION_KEY_FILE);
    }
    var shortHashes = new long[(int) ids];
    var longHashes = new long[2 * (int) ids];
    for (int i = 0; i < ids; i++) {
      shortHashes[i] = buffer.getLong();
      longHashes[2 * i] = buffer.getLong();
      longHashes[2 * i + 1] = buffer.getLong();
    }
    return new SuppressedIds(key, shortHashes, longHashes);
  }

  byte[] toBytes() {
    var buffer =
        ByteBuffer.allocate(HEADER_BYTES + size() * BYTES_PER_ID + Integer.BYTES)
            .put(MAGIC)
            .put(checkOf(key))
            .putLong(size());
    for (int i = 0; i < size(); i++) {
      buffer.putLong(shortHashes[i]).putLong(longHashes[2 * i]).putLong(longHashes[2 * i + 1]);
    }
    byte[] bytes = buffer.array();
    return buffer.putInt(checksum(bytes, buffer.position())).array();
  }

  /** These and others; the same object if all of them are on it. */
  SuppressedIds plus(Collection<PersonId> others) {
    var lookup = lookup();
    var added = new TreeSet<Hashes>();
    for (var other : others) {
      byte[] id = other.id().getBytes(StandardCharsets.UTF_8);
      if (!lookup.contains(other.kind(), id, 0, id.length)) {
        var hash = ByteBuffer.wrap(lookup.longHash(other.kind(), id, 0, id.length));
        long filter = lookup.shortHash(other.kind(), id, 0, id.length);
        added.add(new Hashes(filter, hash.getLong(), hash.getLong()));
      }
    }
    if (added.isEmpty()) {
      return this;
    }
    if ((long) size() + added.size() > MOST_IDS) {
      throw ClickmillException.failed(
          "Cannot suppress %d more ids: a list holds at most %d", added.size(), MOST_IDS);
    }
    List<Hashes> all = new ArrayList<>(size() + added.size());
    for (int i = 0; i < size(); i++) {
      all.add(new Hashes(shortHashes[i], longHashes[2 * i], longHashes[2 * i + 1]));
    }
    all.addAll(added);
    all.sort(null);
    var filters = new long[all.size()];
    var hashes = new long[2 * all.size()];
    for (int i = 0; i < filters.length; i++) {
      filters[i] = all.get(i).ofFilter();
      hashes[2 * i] = all.get(i).high();
      hashes[2 * i + 1] = all.get(i).low();
    }
    return new SuppressedIds(key, filters, hashes);
  }

  /** How many ids there are. */
  public int size() {
    return shortHashes.length;
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /** Asks for ids; one for each thread. */
  public Lookup lookup() {
    return new Lookup();
  }

  private int word(long hash) {
    return (int) (hash >>> 6) & (bits.length - 1);
  }

  private static byte[] checkOf(PrivacyKey key) {
    return Arrays.copyOf(key.derived("suppression list: check").bytes(), CHECK_BYTES);
  }

  private static int checksum(byte[] bytes, int length) {
    var checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  /** Whether ids are on the list. Allocates nothing. Not for several threads. */
  public final class Lookup {
    private final SipHash users = new SipHash(key.derived("suppression list: users").bytes());
    private final SipHash visitors = new SipHash(key.derived("suppression list: visitors").bytes());
    private final KeyedHash decisive = new KeyedHash(key.derived("suppression list: ids"));

    private Lookup() {}

    /** Whether an event is of a user or a visitor on the list. */
    public boolean contains(Event event) {
      return contains(IdKind.USER, event.getUserId())
          || contains(IdKind.VISITOR, event.getVisitorId());
    }

    /** Whether an id is on the list; null is not. */
    public boolean contains(IdKind kind, Utf8 id) {
      return id != null && contains(kind, id.getBytes(), 0, id.getByteLength());
    }

    /** Whether an id is on the list, given in UTF-8. */
    public boolean contains(IdKind kind, byte[] bytes, int offset, int length) {
      long filter = shortHash(kind, bytes, offset, length);
      return (bits[word(filter)] & 1L << filter) != 0
          && isOnList(filter, kind, bytes, offset, length);
    }

    private boolean isOnList(long filter, IdKind kind, byte[] bytes, int offset, int length) {
      int found = Arrays.binarySearch(shortHashes, filter);
      if (found < 0) {
        return false;
      }
      byte[] hash = longHash(kind, bytes, offset, length);
      long high = bigEndian(hash, 0);
      long low = bigEndian(hash, Long.BYTES);
      int first = found;
      while (first > 0 && shortHashes[first - 1] == filter) {
        first--;
      }
      for (int i = first; i < shortHashes.length && shortHashes[i] == filter; i++) {
        if (longHashes[2 * i] == high && longHashes[2 * i + 1] == low) {
          return true;
        }
      }
      return false;
    }

    private long shortHash(IdKind kind, byte[] bytes, int offset, int length) {
      return (kind == IdKind.USER ? users : visitors).of(bytes, offset, length);
    }

    private byte[] longHash(IdKind kind, byte[] bytes, int offset, int length) {
      return decisive.of(kind.code(), bytes, offset, length);
    }

    private static long bigEndian(byte[] bytes, int offset) {
      long value = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        value = value << Byte.SIZE | bytes[offset + i] & 0xff;
      }
      return value;
    }
  }
}
