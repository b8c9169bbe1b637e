package org.clickmill.formats.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.hadoop.thirdparty.com.google.common.hash.Hashing;
import org.clickmill.formats.fs.LittleEndian;
import org.junit.jupiter.api.Test;

final class SipHashTest {
  /** The example of the paper's appendix A. */
  @Test
  void exampleOfThePaperIsMet() {
    byte[] key = new byte[16];
    byte[] message = new byte[15];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    System.arraycopy(key, 0, message, 0, message.length);

    assertThat(new SipHash(key).of(message, 0, message.length)).isEqualTo(0xa129ca6149be45e5L);
  }

  @Test
  void equalsAnotherImplementationForAllLengths() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    byte[] key = new byte[16];
    random.nextBytes(key);
    var other = Hashing.sipHash24(LittleEndian.longAt(key, 0), LittleEndian.longAt(key, 8));
    var hash = new SipHash(key);
    for (int length = 0; length < 100; length++) {
      byte[] bytes = new byte[length + 3];
      random.nextBytes(bytes);
      assertThat(hash.of(bytes, 2, length)).isEqualTo(other.hashBytes(bytes, 2, length).asLong());
    }
  }
}
