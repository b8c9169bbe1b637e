package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the writer puts, the reader reads. */
final class BytesTest {
  private final ByteWriter writer = new ByteWriter();

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, 1L << 62, Long.MAX_VALUE})
  void numbersComeBack(long number) {
    writer.putUnsigned(number).putSigned(number).putSigned(-number).putSigned(~number);
    writer.putFixed(number).putOrdered(number).putOrdered(-number).putByte(7);
    var reader = reader();
    assertThat(reader.readUnsigned()).isEqualTo(number);
    assertThat(reader.readSigned()).isEqualTo(number);
    assertThat(reader.readSigned()).isEqualTo(-number);
    assertThat(reader.readSigned()).isEqualTo(~number);
    assertThat(reader.readFixed()).isEqualTo(number);
    assertThat(reader.readOrdered()).isEqualTo(number);
    assertThat(reader.readOrdered()).isEqualTo(-number);
    assertThat(reader.readByte()).isEqualTo((byte) 7);
    assertThat(reader.remaining()).isZero();
  }

  @Test
  void nullAndEmptyTextsAreTold() {
    writer.putNullText().putText("").putText("é\0").putNullText();
    var reader = reader();
    assertThat(reader.readText()).isNull();
    assertThat(reader.readText()).isEmpty();
    assertThat(reader.readText()).isEqualTo("é\0");
    assertThat(reader.readText()).isNull();
  }

  @Test
  void textsAreReadInPlace() {
    byte[] utf8 = "brand".getBytes(StandardCharsets.UTF_8);
    writer.putText(utf8, 1, 3).putByte(9);
    var reader = reader();
    assertThat(reader.readTextLength()).isEqualTo(3);
    assertThat(new String(reader.bytes(), reader.position(), 3, StandardCharsets.UTF_8))
        .isEqualTo("ran");
    assertThat(reader.skip(3).readByte()).isEqualTo((byte) 9);
  }

  @Test
  void bufferGrowsWithWhatIsWritten() {
    byte[] large = new byte[100_000];
    Arrays.fill(large, (byte) 5);
    writer.putByte(1).putBytes(large, 0, large.length).putSigned(-3);
    var reader = reader();
    assertThat(reader.skip(1 + large.length).readSigned()).isEqualTo(-3);
    assertThat(writer.clear().length()).isZero();
  }

  @Test
  void orderedNumbersSortAsBytes() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      long a = random.nextLong() >> random.nextInt(64);
      long b = random.nextLong() >> random.nextInt(64);
      assertThat(Integer.signum(Arrays.compareUnsigned(ordered(a), ordered(b))))
          .as("%d and %d, seed %d", a, b, seed)
          .isEqualTo(Long.compare(a, b));
    }
  }

  private byte[] ordered(long value) {
    writer.clear().putOrdered(value);
    return Arrays.copyOf(writer.bytes(), writer.length());
  }

  private ByteReader reader() {
    return new ByteReader().reset(writer.bytes(), 0, writer.length());
  }
}
