package org.clickmill.jobs.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;
import org.clickmill.jobs.load.Commit.LostRange;
import org.clickmill.jobs.load.Commit.PartitionProgress;
import org.junit.jupiter.api.Test;

class CommitJsonTest {
  private static final Path PATH = new Path("shop/_loader/commits/0000000007.json");

  private static Commit commit(int formatVersion) {
    var file =
        new StagedFile(
            "events",
            "dt=2019-10-01/hr=00",
            new DataFile("part-7.avro", 1_234, 56, "crc32c:0123abcd"),
            new Fingerprint(56, 0x1234_5678_9abc_def0L, -1),
            new TreeMap<>(),
            new TreeMap<>());
    var counts = new RangeCounts(56, 0, 0, 1, 0, 0, 2, 0);
    return new Commit(
        formatVersion,
        7,
        1,
        "run-ü",
        "user",
        "suite",
        Instant.parse("2019-10-01T00:20:01.234Z"),
        Instant.parse("2019-10-01T00:20:00Z"),
        "mapping",
        List.of(new Commit.Topic("shop", "id-1")),
        List.of(new PartitionProgress("shop", 0, 100, 159, counts, counts)),
        List.of(new LostRange("shop", 0, 90, 100, "deleted")),
        List.of(file),
        List.of(),
        436_100L,
        436_101L,
        436_102L,
        formatVersion > 1 ? List.of(file) : List.of());
  }

  @Test
  void commitIsReadAsItWasWritten() {
    for (int formatVersion : new int[] {1, 2}) {
      var commit = commit(formatVersion);
      assertThat(CommitJson.read(PATH, CommitJson.write(commit))).isEqualTo(commit);
    }
  }

  @Test
  void commitWithAnyBitFlippedIsRefused() {
    var commit = commit(1);
    byte[] whole = CommitJson.write(commit);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> CommitJson.read(PATH, damaged))
          .as("bit %d: %s", bit, new String(damaged, UTF_8))
          .isInstanceOf(ClickmillException.class)
          .message()
          .containsAnyOf("Invalid commit: " + PATH, "Cannot read commit " + PATH);
    }
  }

  @Test
  void commitThatEndsTooEarlyIsRefused() {
    byte[] whole = CommitJson.write(commit(1));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> CommitJson.read(PATH, cut))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(ClickmillException.class)
          .hasMessageStartingWith("Invalid commit: " + PATH);
    }
  }

  @Test
  void commitOfANewerSuiteIsNotCalledDamaged() {
    assertThatThrownBy(() -> CommitJson.read(PATH, CommitJson.write(commit(3))))
        .hasMessage(
            "Cannot read commit %s: its format version is 3, this suite knows 2 (use a newer suite)",
            PATH);
  }
}
