package org.clickmill.formats.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.clickmill.formats.failure.DamagedFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RleBitPackingDecoderTest {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final RleBitPackingDecoder decoder = new RleBitPackingDecoder();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 7, 8, 9, 13, 16, 17, 20, 24, 29, 31})
  void runsOfEachWidthAreDecoded(int width) throws IOException {
    for (int trial = 0; trial < 50; trial++) {
      int[] values = randomRuns(random.nextInt(2000), width);
      byte[] encoded = encode(values, width);
      int[] decoded = new int[values.length + 3];
      decoder.decode(encoded, 0, encoded.length, width, values.length, decoded, 3);
      assertThat(Arrays.copyOfRange(decoded, 3, decoded.length))
          .as("seed %d", seed)
          .isEqualTo(values);
    }
  }

  @Test
  void levelsAreDecodedAndCounted() throws IOException {
    for (int trial = 0; trial < 200; trial++) {
      int[] levels = randomRuns(random.nextInt(1, 2000), 1);
      byte[] encoded = encode(levels, 1);
      boolean[] nulls = new boolean[levels.length];
      int count = decoder.decodeNulls(encoded, 0, encoded.length, levels.length, nulls, 0);
      int expected = 0;
      for (int i = 0; i < levels.length; i++) {
        assertThat(nulls[i]).as("seed %d, level %d", seed, i).isEqualTo(levels[i] == 0);
        expected += levels[i] == 0 ? 1 : 0;
      }
      assertThat(count).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void runsThatEndTooEarlyAreRefused() throws IOException {
    int[] values = randomRuns(1000, 7);
    byte[] encoded = encode(values, 7);
    int[] decoded = new int[values.length];
    assertThatThrownBy(() -> decoder.decode(encoded, 0, encoded.length / 2, 7, 1000, decoded, 0))
        .as("seed %d", seed)
        .isInstanceOf(DamagedFileException.class);
  }

  @Test
  void runOfNothingIsRefused() {
    assertThatThrownBy(() -> decoder.decode(new byte[] {0, 0, 0}, 0, 3, 8, 5, new int[5], 0))
        .hasMessage("a run of no values");
  }

  @Test
  void bytesAtRandomNeverReachBeyondTheResult() {
    for (int trial = 0; trial < 5000; trial++) {
      byte[] bytes = new byte[random.nextInt(1, 60)];
      random.nextBytes(bytes);
      int count = random.nextInt(200);
      try {
        decoder.decode(bytes, 0, bytes.length, random.nextInt(33), count, new int[count], 0);
      } catch (DamagedFileException expected) {
        assertThat(expected).as("seed %d", seed).hasMessageNotContaining("null");
      }
    }
  }

  private int[] randomRuns(int count, int width) {
    int[] values = new int[count];
    int next = 0;
    while (next < count) {
      int length = Math.min(count - next, random.nextInt(1, 100));
      boolean isRepeated = random.nextBoolean();
      int repeated = randomValue(width);
      for (int i = 0; i < length; i++) {
        values[next++] = isRepeated ? repeated : randomValue(width);
      }
    }
    return values;
  }

  private int randomValue(int width) {
    return (int) (random.nextInt() & ((1L << width) - 1));
  }

  private static byte[] encode(int[] values, int width) throws IOException {
    try (var encoder =
        new RunLengthBitPackingHybridEncoder(
            width, 1024, 1 << 20, HeapByteBufferAllocator.getInstance())) {
      for (int value : values) {
        encoder.writeInt(value);
      }
      var buffer = encoder.toBytes().toByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    }
  }
}
