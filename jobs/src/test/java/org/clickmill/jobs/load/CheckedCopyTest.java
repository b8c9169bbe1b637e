package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Sensitivity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedCopyTest {
  @TempDir java.nio.file.Path folder;
  private final AtomicInteger beats = new AtomicInteger();

  private void copy(byte[] content, String checksum) throws IOException {
    var source = folder.resolve("source.avro");
    Files.write(source, content);
    var fileSystem = FileSystem.getLocal(new Configuration()).getRaw();
    new CheckedCopy(fileSystem, Sensitivity.PERSONAL, beats::incrementAndGet)
        .copy(
            new Path(source.toUri()),
            new DataFile("copy.avro", content.length, 1, checksum),
            new Path(folder.toUri()));
  }

  private static String checksum(byte[] content) {
    var checksum = new CRC32C();
    checksum.update(content);
    return String.format(Locale.ROOT, "crc32c:%08x", checksum.getValue());
  }

  @Test
  void longCopyShowsThatItGoesOn() throws IOException {
    var content = new byte[1 << 20];

    copy(content, checksum(content));

    assertThat(folder.resolve("copy.avro")).hasBinaryContent(content);
    assertThat(beats.get()).isGreaterThanOrEqualTo(16);
  }

  @Test
  void damagedFileIsNamed() {
    assertThatThrownBy(() -> copy(new byte[] {1}, "crc32c:00000000"))
        .isInstanceOf(ClickmillException.class)
        .hasMessageStartingWith("Damaged file: ")
        .hasMessageContaining("source.avro has 1 bytes of checksum crc32c:");
  }
}
