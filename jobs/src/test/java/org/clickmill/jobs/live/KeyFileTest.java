package org.clickmill.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.fs.FileSystem;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.LocalWarehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are read as they were written, or the file is called damaged. */
final class KeyFileTest {
  private final long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @TempDir private Path folder;
  private FileSystem fileSystem;
  private List<byte[]> keys;
  private byte[] content;

  @BeforeEach
  void write() throws IOException {
    fileSystem = new LocalWarehouse(folder).warehouse().fileSystem();
    keys = new ArrayList<>();
    try (var out = new KeyFile.Writer(fileSystem, hadoopPath("whole"))) {
      for (int i = 0; i < 100; i++) {
        var key = new byte[random.nextInt(60)];
        random.nextBytes(key);
        Arrays.fill(key, key.length / 2, key.length, (byte) 'a');
        keys.add(key);
        out.write(key);
      }
      assertThat(out.finish()).isEqualTo(keys.size());
    }
    content = Files.readAllBytes(folder.resolve("whole"));
  }

  @Test
  void keysAreReadAsTheyWereWritten() throws IOException {
    assertThat(read("whole")).containsExactlyElementsOf(keys);
  }

  @Test
  void aFileThatEndsTooEarlyIsCalledDamaged() throws IOException {
    for (int length = 0; length < content.length; length += 1 + random.nextInt(20)) {
      assertDamaged("short-" + length, Arrays.copyOf(content, length));
    }
  }

  /** Some bits may be one or the other: what is read is the same. */
  @Test
  void aFileWithABitFlippedIsCalledDamagedUnlessTheKeysAreTheSame() throws IOException {
    for (int flip = 0; flip < 200; flip++) {
      var damaged = content.clone();
      damaged[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
      var name = "flipped-" + flip;
      Files.write(folder.resolve(name), damaged);
      try {
        assertThat(read(name)).as("%s, seed %d", name, seed).containsExactlyElementsOf(keys);
      } catch (ClickmillException e) {
        assertThat(e).hasMessageContaining("Damaged file: ");
      }
    }
  }

  private void assertDamaged(String name, byte[] damaged) throws IOException {
    Files.write(folder.resolve(name), damaged);
    assertThatThrownBy(() -> read(name))
        .as("%s, seed %d", name, seed)
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("Damaged file: ")
        .hasMessageContaining(name + " is not as it was written. Delete the folder _live;");
  }

  private List<byte[]> read(String name) throws IOException {
    var all = new ArrayList<byte[]>();
    try (var in = KeyFile.open(fileSystem, hadoopPath(name))) {
      for (var key = in.next(); key != null; key = in.next()) {
        all.add(key);
      }
    }
    return all;
  }

  private org.apache.hadoop.fs.Path hadoopPath(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toString());
  }
}
