package org.clickmill.formats.event;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;

/**
 * What a set of rows is, independent of their order and of the files they lie in: their number and
 * the 128-bit sum of their hashes. Fingerprints of disjoint sets add.
 *
 * <p>In a table with measures, a row stands for as many as its first measure says, and rows that
 * differ in nothing but measures are the same as one row with their sums.
 *
 * @param rows number of rows
 * @param high upper 64 bits of the sum
 * @param low lower 64 bits of the sum
 */
public record Fingerprint(long rows, long high, long low) {
  public static final Fingerprint EMPTY = new Fingerprint(0, 0, 0);

  private static final HexFormat HEX = HexFormat.of();

  public Fingerprint plus(Fingerprint other) {
    long sumLow = low + other.low;
    long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
    return new Fingerprint(rows + other.rows, high + other.high + carry, sumLow);
  }

  @JsonIgnore
  public boolean isEmpty() {
    return rows == 0;
  }

  @Override
  @JsonValue
  public String toString() {
    return rows + ":" + HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }

  /** Reads what {@link #toString()} wrote. */
  @JsonCreator
  public static Fingerprint parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || text.length() != colon + 33) {
      throw new IllegalArgumentException("Invalid fingerprint: " + text);
    }
    return new Fingerprint(
        Long.parseLong(text.substring(0, colon)),
        Long.parseUnsignedLong(text.substring(colon + 1, colon + 17), 16),
        Long.parseUnsignedLong(text.substring(colon + 17), 16));
  }

  /** Adds up a fingerprint row by row. */
  public static final class Builder {
    private static final Hasher128 HASHER = Hashing.murmur3_128();

    /** Sets the hash that one measure is multiplied with apart from the next one's. */
    private static final long NEXT_MEASURE = 0x9E37_79B9_7F4A_7C15L;

    private long rows;
    private long high;
    private long low;

    /** Adds a row by its canonical encoding. */
    public void add(byte[] bytes, int offset, int length) {
      HashValue128 hash = HASHER.hashBytesTo128Bits(bytes, offset, length);
      long added = hash.getLeastSignificantBits();
      low += added;
      high += hash.getMostSignificantBits();
      if (Long.compareUnsigned(low, added) < 0) {
        high++;
      }
      rows++;
    }

    /**
     * Adds a row with measures.
     *
     * @param bytes hold the canonical encoding of the other columns
     * @param measures of which the first says how many rows it stands for
     */
    public void add(byte[] bytes, int offset, int length, long[] measures) {
      HashValue128 hash = HASHER.hashBytesTo128Bits(bytes, offset, length);
      long lowFactor = hash.getLeastSignificantBits();
      long highFactor = hash.getMostSignificantBits();
      for (long measure : measures) {
        addProduct(measure, highFactor, lowFactor);
        lowFactor *= NEXT_MEASURE;
        highFactor = (highFactor ^ lowFactor >>> 32) * NEXT_MEASURE;
      }
      rows = Math.addExact(rows, measures[0]);
    }

    /** Adds a signed number times 128 bits, modulo 2^128. */
    private void addProduct(long number, long highFactor, long lowFactor) {
      long lowProduct = number * lowFactor;
      // multiplyHigh takes the factor as signed: where its first bit is set, 2^64 are missing.
      long carried = Math.multiplyHigh(number, lowFactor) + (lowFactor < 0 ? number : 0);
      low += lowProduct;
      high += number * highFactor + carried;
      if (Long.compareUnsigned(low, lowProduct) < 0) {
        high++;
      }
    }

    public Fingerprint build() {
      return new Fingerprint(rows, high, low);
    }
  }
}
