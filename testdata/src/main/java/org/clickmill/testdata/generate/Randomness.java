package org.clickmill.testdata.generate;

/**
 * Random numbers as functions. A stream is a counter that goes up in steps of the golden ratio; its
 * n-th number is the counter scrambled by two rounds of multiplying and shifting (the finalizer
 * "variant 13" of David Stafford, as in SplitMix64). Streams with other keys are independent for
 * all that test data needs.
 */
final class Randomness {
  /** The step of a stream: 2^64 divided by the golden ratio. */
  static final long STEP = 0x9E3779B97F4A7C15L;

  private Randomness() {}

  /** Scrambles a counter to a number whose 64 bits all look random. */
  static long scramble(long counter) {
    long bits = counter;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }

  /** The key of all random numbers of one purpose. */
  static long key(long seed, long purpose) {
    return scramble(scramble(seed + STEP) + purpose * STEP);
  }

  /** The random number of a thing, by the thing's number. */
  static long of(long key, long index) {
    return scramble(key + (index + 1) * STEP);
  }

  /** The fraction in [0, 1) that the upper 53 of 64 random bits make. */
  static double fraction(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /**
   * A rank in [0, bound) from random bits: rank r is drawn about as often as 1/√r, the head often
   * and the long tail seldom.
   */
  static long rank(long bits, long bound) {
    double fraction = fraction(bits);
    return (long) (fraction * fraction * bound);
  }
}
