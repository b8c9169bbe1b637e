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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

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
      var gzip = concatenated(gzip(header), gzip(rows), gzip(new byte[0]));
      assertThat(Reading.ofBytes(folder, name, gzip, MAPPING).events()).hasSize(10_001);
    }
    var zstd = concatenated(Zstd.compress(header), Zstd.compress(rows));
    assertThat(Reading.ofBytes(folder, "a.csv.zst", zstd, MAPPING).events()).hasSize(10_001);
    var bzip2 = concatenated(bzip2(header), bzip2(rows));
    assertThat(Reading.ofBytes(folder, "a.csv.bz2", bzip2, MAPPING).events()).hasSize(10_001);
    var xz = concatenated(xz(header), xz(rows));
    assertThat(Reading.ofBytes(folder, "a.csv.xz", xz, MAPPING).events()).hasSize(10_001);
    var zip = zip("a.csv", HEADER + ROW.repeat(10_001));
    assertThat(Reading.ofBytes(folder, "a.csv.zip", zip, MAPPING).events()).hasSize(10_001);
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
    try (InputStream in = Compression.GZIP.unpack(trickle, 1)) {
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
  void cutsAndDamageOfOtherPackingsAreErrors() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var rows = new StringBuilder(HEADER);
    for (int i = 0; i < 200; i++) {
      rows.append("2019-10-01,").append(random.nextLong()).append('\n');
    }
    var packed = new LinkedHashMap<String, byte[]>();
    packed.put("a.csv.bz2", bzip2(bytes(rows.toString())));
    packed.put("a.csv.xz", xz(bytes(rows.toString())));
    packed.put("a.csv.zip", zip("a.csv", rows.toString(), "b.csv", rows.toString()));
    packed.forEach(
        (name, whole) -> {
          for (int length = 0; length < whole.length; length += 1 + random.nextInt(99)) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Reading.ofBytes(folder, name, cut, MAPPING))
                .as("seed %d: %s cut to %d of %d", seed, name, length, whole.length)
                .hasMessageMatching("(?s)Cannot read file file:.*" + name + ": .*");
          }
        });
  }

  @Test
  void arraysInAZipMayEachBeginWithAByteOrderMark() throws IOException {
    var array = "\uFEFF[{\"t\": \"2019-10-01\", \"e\": \"view\"}]";
    var zip = zip("a.json", array, "b.json", array, "c.json", "\uFEFF\n []");
    var reading = Reading.ofBytes(folder, "a.json.zip", zip, MAPPING);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events()).hasSize(2);
  }

  @Test
  void linesInAZipMayBeginWithAByteOrderMarkInEachFile() throws IOException {
    var line = "\uFEFF{\"t\": \"2019-10-01\", \"e\": \"view\"}\n";
    var zip = zip("a.jsonl", line, "b.jsonl", "", "c.jsonl", line + line.substring(1));
    var reading = Reading.ofBytes(folder, "a.jsonl.zip", zip, MAPPING);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events()).hasSize(3);
  }

  @Test
  void filesInAZipAreReadAsOne() throws IOException {
    var zip =
        zip(
            "day1/a.csv",
            HEADER + "2019-10-01,view",
            "__MACOSX/day1/._a.csv",
            "junk",
            "day1/.hidden.txt",
            "junk",
            "day2/a.CSV",
            "\uFEFFt,e\r\n2019-10-02,cart\r\nx,cart\r\n",
            "day3/empty.csv",
            "",
            "day4/header-only.csv",
            "t,e");
    var reading = Reading.ofBytes(folder, "a.csv.zip", zip, MAPPING);
    assertThat(reading.events())
        .extracting(event -> event.getEventType().toString())
        .containsExactly("view", "cart");
    assertThat(reading.reasons())
        .containsExactly("byte 37: field event_time: 'x' is not an ISO 8601 time");
  }

  @Test
  void zipOfFilesOfDifferentShapeIsAnError() throws IOException {
    var headers = zip("a.csv", HEADER + ROW, "b.csv", "t,f\n" + ROW);
    assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv.zip", headers, MAPPING))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessageMatching(
            "Cannot read file file:.*/a.csv.zip: the files in a zip must be of one shape, and the"
                + " first lines differ: 't,e' in 'a.csv', then 't,f'; put them into zips of their"
                + " own");
    var names = zip("a.csv", HEADER + ROW, "b.json", "{}");
    assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv.zip", names, MAPPING))
        .hasMessageContaining("the names of 'a.csv' and 'b.json' end differently");
    var none = zip(".a.csv", HEADER + ROW);
    assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv.zip", none, MAPPING))
        .hasMessageContaining("a.csv.zip: the zip holds no file");
  }

  @Test
  void fileThatUnpacksToAThousandTimesItsSizeIsAnError() throws IOException {
    byte[] zeros = new byte[1 << 20];
    var gzip = new ByteArrayOutputStream();
    var zip = new ByteArrayOutputStream();
    try (var gzipOut = new GZIPOutputStream(gzip);
        var zipOut = new ZipOutputStream(zip)) {
      zipOut.putNextEntry(new ZipEntry("a.csv"));
      gzipOut.write(bytes(HEADER));
      zipOut.write(bytes(HEADER));
      for (int i = 0; i < 80; i++) {
        gzipOut.write(zeros);
        zipOut.write(zeros);
      }
    }
    // Deflate alone makes no more than 1032 of one.
    var configuration = new Configuration(false);
    MappingSettings.MAX_UNPACK_RATIO.set(configuration, "500");
    for (var packed : List.of(gzip.toByteArray(), zip.toByteArray())) {
      var file = Reading.write(folder, packed[0] == 'P' ? "a.csv.zip" : "a.csv.gz", packed);
      assertThatThrownBy(() -> Reading.of(file, MAPPING, configuration))
          .hasMessageContaining(
              ": its "
                  + packed.length
                  + " bytes unpack to more than 500 times as many; if it is sound, raise"
                  + " clickmill.import.max-unpack-ratio");
    }
    MappingSettings.MAX_UNPACK_RATIO.set(configuration, "2000");
    var file = Reading.write(folder, "a.csv.gz", gzip.toByteArray());
    assertThat(Reading.of(file, MAPPING, configuration).rejects()).hasSize(1);
  }

  @Test
  void dataBehindTheEndAndWrongChecksumsAreErrors() throws IOException {
    byte[] good = gzip(bytes(HEADER + ROW));
    byte[] wrong = good.clone();
    wrong[good.length - 6] ^= 1;
    assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv.gz", wrong, MAPPING))
        .hasMessageContaining("(CRC32 error)");
    byte[] more = concatenated(good, bytes("rest"));
    assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv.gz", more, MAPPING))
        .hasMessageContaining("a valid .gz stream");
  }

  @Test
  void packedFileWithoutExtensionIsNamed() throws IOException {
    byte[] packed = gzip(bytes(HEADER + ROW));
    assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv", packed, MAPPING))
        .hasMessageContaining(
            "it is packed, but its name does not end with one of .gz, .zst, .bz2, .xz, .zip");
    assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv", xz(bytes(HEADER)), MAPPING))
        .hasMessageContaining("it is packed, but its name does not end with");
    assertThatThrownBy(() -> Reading.ofBytes(folder, "a.csv", zip("a.csv", HEADER), MAPPING))
        .hasMessageContaining("it is packed, but its name does not end with");
    assertThatThrownBy(() -> Reading.ofBytes(folder, "b.csv.gz", bytes(HEADER + ROW), MAPPING))
        .hasMessageContaining("b.csv.gz: Input is not in the .gz format");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] bzip2(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new BZip2CompressorOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] xz(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new XZOutputStream(packed, new LZMA2Options(0))) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  /** Packs files, each given by its name and its text. */
  private static byte[] zip(String... namesAndTexts) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(packed)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        out.putNextEntry(new ZipEntry(namesAndTexts[i]));
        out.write(bytes(namesAndTexts[i + 1]));
      }
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
