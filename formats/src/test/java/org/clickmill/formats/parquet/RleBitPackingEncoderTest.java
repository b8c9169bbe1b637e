package org.clickmill.formats.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;

final class RleBitPackingEncoderTest {
  private final EncodedBytes target = new EncodedBytes(1);

  @Test
  void bytesAreThoseOfParquetJava() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      int width = random.nextInt(32);
      int[] numbers = numbers(random, random.nextInt(1500), width);
      target.clear();
      RleBitPackingEncoder.encode(numbers, numbers.length, width, target);
      assertThat(bytes()).as("seed %d, round %d", seed, round).isEqualTo(expected(numbers, width));
    }
  }

  @Test
  void repeatedNumberIsEncodedLikeAnyOthers() throws IOException {
    for (int count : new int[] {0, 1, 7, 8, 9, 20_000}) {
      for (int number = 0; number < 2; number++) {
        int[] numbers = new int[count];
        Arrays.fill(numbers, number);
        target.clear();
        RleBitPackingEncoder.encodeRepeated(number, count, 1, target);
        assertThat(bytes()).isEqualTo(expected(numbers, 1));
      }
    }
  }

  @Test
  void widthIsThatOfTheGreatestNumber() {
    assertThat(RleBitPackingEncoder.width(1)).isZero();
    assertThat(RleBitPackingEncoder.width(2)).isEqualTo(1);
    assertThat(RleBitPackingEncoder.width(256)).isEqualTo(8);
    assertThat(RleBitPackingEncoder.width(257)).isEqualTo(9);
  }

  /** Runs of all lengths, and between them what is not repeated. */
  private static int[] numbers(Random random, int count, int width) {
    int[] numbers = new int[count];
    int repeated = 0;
    for (int i = 0; i < count; i++) {
      if (repeated > 0) {
        numbers[i] = numbers[i - 1];
        repeated--;
      } else {
        numbers[i] = random.nextInt() & (int) ((1L << width) - 1);
        repeated = random.nextInt(8) == 0 ? random.nextInt(i % 100 < 50 ? 20 : 400) : 0;
      }
    }
    return numbers;
  }

  private byte[] bytes() {
    return Arrays.copyOf(target.array(), target.length());
  }

  private static byte[] expected(int[] numbers, int width) throws IOException {
    try (var encoder =
        new RunLengthBitPackingHybridEncoder(width, 64, 1 << 20, new HeapByteBufferAllocator())) {
      for (int number : numbers) {
        encoder.writeInt(number);
      }
      return encoder.toBytes().toByteArray();
    }
  }
}
