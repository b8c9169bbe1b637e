package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressionTest {
  private static final Mapping MAPPING =
      Mapping.parse("fields: {event_time: t, event_type: e}", "x");
  private static final String HEADER = "t,e\n";
  private static final String ROW = "2019-10-01,view\n";

  @TempDir Path folder;

  @Test
  void packedFilesAreReadWithAllTheirMembers() throws IOException {
    byte[] header = bytes(HEADER + ROW);
    byte[] rows = bytes(ROW.repeat(10_000));
    for (var name : new String[] {"a.csv.gz", "a.CSV.GZ"}) {
      var gzip = concatenated(gzip(header), gzip(rows), gzip(new byte[0]), new byte[100]);
      assertThat(Reading.ofBytes(folder, name, gzip, MAPPING).events()).hasSize(10_001);
    }
    var zstd = concatenated(Zstd.compress(header), Zstd.compress(rows));
    assertThat(Reading.ofBytes(folder, "a.csv.zst", zstd, MAPPING).events()).hasSize(10_001);
  }

  @Test
  void gzipIsReadFromAStreamThatNeverSaysWhatIsAvailable() throws IOException {
    byte[] rows = bytes(ROW.repeat(3));
    var trickle =
        new ByteArrayInputStream(concatenated(gzip(rows), gzip(rows))) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };
    try (InputStream in = new GzipStream(trickle)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes(ROW.repeat(6)));
    }
  }

  @Test
  void everyCutOfAGzipFileIsAnError() throws IOException {
    var random = new Random(1);
    var rows = new StringBuilder(HEADER);
    for (int i = 0; i < 200; i++) {
      rows.append("2019-10-01,").append(random.nextLong()).append('\n');
    }
    byte[] whole = gzip(bytes(rows.toString()));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv.gz", cut, MAPPING))
          .as("cut to %d of %d", length, whole.length)
          .isInstanceOfSatisfying(
              ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.FAILED))
          .hasMessageMatching("(?s)Cannot read file file:.*/a.csv.gz: .*");
    }
  }

  @Test
  void everyCutOfAZstdFileIsAnError() {
    byte[] whole = Zstd.compress(bytes(HEADER + ROW.repeat(1_000)));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv.zst", cut, MAPPING))
          .as("cut to %d of %d", length, whole.length)
          .hasMessageMatching("(?s)Cannot read file file:.*/a.csv.zst: .*");
    }
  }

  @Test
  void dataBehindTheEndAndWrongChecksumsAreErrors() throws IOException {
    byte[] good = gzip(bytes(HEADER + ROW));
    byte[] wrong = good.clone();
    wrong[good.length - 6] ^= 1;
    assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv.gz", wrong, MAPPING))
        .hasMessageContaining("damaged gzip data: wrong checksum");
    byte[] more = concatenated(good, bytes("rest"));
    assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv.gz", more, MAPPING))
        .hasMessageContaining("a.csv.gz: damaged after byte 20: not gzip data");
    byte[] zerosAndMore = concatenated(good, new byte[9], bytes("rest"));
    assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv.gz", zerosAndMore, MAPPING))
        .hasMessageContaining("bytes after its end");
  }

  @Test
  void packedFileWithoutExtensionIsNamed() throws IOException {
    byte[] packed = gzip(bytes(HEADER + ROW));
    assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv", packed, MAPPING))
        .hasMessageContaining("it is packed, but its name does not end with .gz or .zst");
    assertThatThrownBy(() -> Reading.ofBytes(folder, "b.csv.gz", bytes(HEADER + ROW), MAPPING))
        .hasMessageContaining("b.csv.gz: not gzip data");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] concatenated(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
