package org.clickmill.formats.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

final class IdHashTest {
  /** The first case of RFC 4231. */
  @Test
  void idIsTheBeginningOfItsHmac() {
    byte[] key = new byte[20];
    Arrays.fill(key, (byte) 0x0b);

    assertThat(new IdHash(new PrivacyKey(key)).of("Hi There"))
        .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b");
  }

  @Test
  void nothingStandsForNoId() {
    assertThat((Object) new IdHash(new PrivacyKey(new byte[16])).of((Utf8) null)).isNull();
  }

  @Test
  void sameIdIsHashedTheSameWhateverWasHashedBefore() throws GeneralSecurityException {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    byte[] key = new byte[16 + random.nextInt(100)];
    random.nextBytes(key);
    var hash = new IdHash(new PrivacyKey(key));
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    var reused = new Utf8();
    for (int i = 0; i < 50_000; i++) {
      byte[] id =
          Integer.toString(random.nextInt(1 << random.nextInt(1, 17)), 36)
              .getBytes(StandardCharsets.UTF_8);
      // As readers do: the text is longer than what it holds.
      reused.setByteLength(id.length + 5);
      reused.setByteLength(id.length);
      System.arraycopy(id, 0, reused.getBytes(), 0, id.length);
      assertThat(hash.of(reused).toString())
          .isEqualTo(HexFormat.of().formatHex(mac.doFinal(id), 0, 16));
    }
  }
}
