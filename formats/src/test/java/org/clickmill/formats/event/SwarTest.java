package org.clickmill.formats.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class SwarTest {
  private static final int TRIES = 200_000;

  private final long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @Test
  void firstOfTheBytesThatAreLookedForIsFound() {
    for (int i = 0; i < TRIES; i++) {
      byte[] bytes = bytes();
      long eight = Swar.at(bytes, 3);
      assertFirst(bytes, Swar.equal(eight, '"'), b -> b == '"');
      assertFirst(bytes, Swar.below(eight, ' '), b -> b >= 0 && b < ' ');
      assertFirst(bytes, Swar.below(eight, 2), b -> b == 0 || b == 1);
      assertFirst(bytes, Swar.below(eight, 0x80), b -> b >= 0);
      assertThat(Swar.arePlain(eight))
          .as("seed %d", seed)
          .isEqualTo(indexOf(bytes, b -> b <= 0) < 0);
    }
  }

  private void assertFirst(byte[] bytes, long found, IntPredicate wanted) {
    assertThat(found == 0 ? -1 : Swar.first(found))
        .as("seed %d", seed)
        .isEqualTo(indexOf(bytes, wanted));
  }

  /** Which of the eight bytes behind the third is the first that is wanted, or -1. */
  private static int indexOf(byte[] bytes, IntPredicate wanted) {
    for (int i = 0; i < Long.BYTES; i++) {
      if (wanted.test(bytes[3 + i])) {
        return i;
      }
    }
    return -1;
  }

  /** Mostly letters; the rest is around the limits, and anything. */
  private byte[] bytes() {
    byte[] bytes = new byte[12];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] =
          (byte)
              switch (random.nextInt(12)) {
                case 0 -> random.nextInt(4);
                case 1 -> ' ' - 1 + random.nextInt(4);
                case 2 -> 0x7e + random.nextInt(4);
                case 3 -> random.nextInt(256);
                default -> 'a' + random.nextInt(26);
              };
    }
    return bytes;
  }
}
