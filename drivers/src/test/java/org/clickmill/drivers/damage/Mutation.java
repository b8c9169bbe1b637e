package org.clickmill.drivers.damage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/**
 * What became of a file.
 *
 * @param bytes the damaged file
 * @param what happened, for people
 * @param isDetectable whether checksums cover every byte that was touched, and are as they were
 */
record Mutation(byte[] bytes, String what, boolean isDetectable) {
  /** Numbers that ask for gigabytes, or for less than nothing, as formats write them. */
  private static final byte[][] ABSURD = {
    {-1, -1, -1, 0x7f},
    {-1, -1, -1, -1, 0x07},
    {-1, -1, -1, -1, 0x0f},
    {-2, -1, -1, -1, 0x0f},
    {-1, -1, -1, -1, -1, -1, -1, -1, -1, 0x01},
    {0, 0, 0, 0x70},
    {0, 0, 0, (byte) 0x80},
    {-128, -128, -128, -128, 0x04},
    {-128, -128, -128, 0x40},
    {0, 0, 0, 0},
    {-128, 0}
  };

  /** The mutation of a seed. */
  static Mutation of(Specimen specimen, byte[] good, long seed) throws IOException {
    var random = new Random(seed);
    // Half of the mutations of what is packed or has checksums happen below them.
    if (Repacking.knows(specimen) && random.nextBoolean()) {
      var repacked = new Repacking(specimen, good, random);
      return new Mutation(repacked.bytes(), "repacked: " + repacked.what(), false);
    }
    return damage(specimen, good, random);
  }

  /** Damages bytes of which all that is known is whether checksums cover them. */
  static Mutation damage(Specimen specimen, byte[] good, Random random) {
    int size = good.length;
    int at = place(size, random);
    int length = 1 + random.nextInt(random.nextBoolean() ? 8 : 300);
    int end = Math.min(size, at + length);
    int to = place(size, random);
    byte[] bytes = good.clone();
    return switch (random.nextInt(9)) {
      case 0, 1 -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield changed(specimen, bytes, "bit flipped", at, at + 1);
      }
      case 2 -> {
        boolean isDetectable = true;
        for (int i = random.nextInt(6); i >= 0; i--) {
          int flipped = place(size, random);
          bytes[flipped] = (byte) random.nextInt(256);
          isDetectable &= specimen.protects(flipped, flipped + 1L);
        }
        yield new Mutation(bytes, "bytes set", isDetectable);
      }
      case 3 -> {
        byte[] absurd = ABSURD[random.nextInt(ABSURD.length)];
        int count = Math.min(absurd.length, size - at);
        System.arraycopy(absurd, 0, bytes, at, count);
        yield changed(specimen, bytes, "absurd number", at, at + count);
      }
      case 4 -> {
        Arrays.fill(bytes, at, end, (byte) (random.nextBoolean() ? 0 : -1));
        yield changed(specimen, bytes, "filled", at, end);
      }
      case 5 -> new Mutation(Arrays.copyOf(bytes, at), "cut at " + at, specimen.protects(0, size));
      case 6 -> {
        var without = new ByteArrayOutputStream(size);
        without.write(good, 0, at);
        without.write(good, end, size - end);
        yield new Mutation(
            without.toByteArray(), "without " + at + " to " + end, specimen.protects(0, size));
      }
      case 7 -> {
        var twice = new ByteArrayOutputStream(size + length);
        twice.write(good, 0, end);
        twice.write(good, at, size - at);
        yield new Mutation(
            twice.toByteArray(), "repeated " + at + " to " + end, specimen.protects(0, size));
      }
      default -> {
        int count = Math.min(end - at, size - to);
        System.arraycopy(good, to, bytes, at, count);
        System.arraycopy(good, at, bytes, to, count);
        boolean isDetectable =
            specimen.protects(at, at + (long) count) && specimen.protects(to, to + (long) count);
        yield new Mutation(
            bytes, "swapped " + count + " bytes at " + at + " and " + to, isDetectable);
      }
    };
  }

  private static Mutation changed(Specimen specimen, byte[] bytes, String what, int from, int to) {
    return new Mutation(bytes, what + " at " + from + " to " + to, specimen.protects(from, to));
  }

  /** Headers and footers are small; half of the damage goes there. */
  private static int place(int size, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(Math.min(size, 800));
      case 1 -> size - 1 - random.nextInt(Math.min(size, 2_500));
      default -> random.nextInt(size);
    };
  }
}
