package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LineBufferTest {
  private static final int MEGABYTE = 1 << 20;

  /** Doubling would need an array of more than 2 GB where lines of one may be. */
  @Test
  void roomGrowsNoFurtherThanTheLongestLine() throws IOException {
    byte[] text = new byte[8 * MEGABYTE];
    Arrays.fill(text, (byte) 'x');
    text[text.length - 2] = '\n';
    try (var lines = new LineBuffer(new ByteArrayInputStream(text), MEGABYTE)) {
      assertThat(lines.advance()).isTrue();
      assertThat(lines.isTooLong()).isTrue();
      assertThat(lines.bytes().length).isLessThan(2 * MEGABYTE);
      assertThat(lines.advance()).isTrue();
      assertThat(lines.end() - lines.start()).isEqualTo(1);
      assertThat(lines.advance()).isFalse();
    }
  }

  @Test
  void endIsTheEndHoweverOftenOneAsks() throws IOException {
    byte[] text = "a\nbc\n".getBytes(StandardCharsets.US_ASCII);
    try (var lines = new LineBuffer(new ByteArrayInputStream(text), MEGABYTE)) {
      assertThat(lines.advance()).isTrue();
      assertThat(lines.nextOffset()).isEqualTo(2);
      assertThat(lines.advance()).isTrue();
      for (int i = 0; i < 3; i++) {
        assertThat(lines.advance()).isFalse();
        assertThat(lines.nextOffset()).isEqualTo(5);
      }
    }
  }

  @Test
  void lineOfTheLongestLengthIsWhole() throws IOException {
    byte[] text = new byte[MEGABYTE + 3];
    Arrays.fill(text, (byte) 'x');
    text[MEGABYTE] = '\n';
    try (var lines = new LineBuffer(new ByteArrayInputStream(text), MEGABYTE)) {
      assertThat(lines.advance()).isTrue();
      assertThat(lines.isTooLong()).isFalse();
      assertThat(lines.end() - lines.start()).isEqualTo(MEGABYTE);
      assertThat(lines.advance()).isTrue();
      assertThat(lines.end() - lines.start()).isEqualTo(2);
    }
  }
}
