package org.clickmill.jobs.groupby;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.apache.avro.SchemaBuilder;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.junit.jupiter.api.Test;

final class OrderedTextTest {
  private static final int TEXTS = 2_000;
  private static final TableSchema SCHEMA =
      TableSchema.of(SchemaBuilder.record("Texts").fields().requiredString("text").endRecord());

  /** Of few bytes, so that many begin alike. */
  @Test
  void keysHaveTheOrderOfTheirStringsAndGiveThemBack() {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    var last = text(random);
    for (int i = 0; i < TEXTS; i++) {
      var next = text(random);
      assertThat(Integer.signum(Arrays.compareUnsigned(key(next), key(last))))
          .as("%s and %s, seed %d", Arrays.toString(next), Arrays.toString(last), seed)
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(next, last)));
      var reader = new ByteReader().reset(key(next), 0, key(next).length);
      OrderedText.skip(reader);
      assertThat(reader.remaining()).as("seed %d", seed).isOne();
      var row = new Row(SCHEMA);
      OrderedText.set(row, 0, new ByteReader().reset(key(next), 0, key(next).length));
      assertThat(row.text(0).getBytes(UTF_8)).as("seed %d", seed).isEqualTo(next);
      last = next;
    }
  }

  private static byte[] text(Random random) {
    var text = new byte[random.nextInt(5)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) random.nextInt(3);
    }
    return text;
  }

  /** Another key comes behind the string. */
  private static byte[] key(byte[] text) {
    var key = new ByteWriter();
    OrderedText.put(text, 0, text.length, key);
    key.putByte(1);
    return Arrays.copyOf(key.bytes(), key.length());
  }
}
