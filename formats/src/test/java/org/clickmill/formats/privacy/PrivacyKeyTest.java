package org.clickmill.formats.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrivacyKeyTest {
  @TempDir private Path folder;

  private Path keyFile(int bytes, String permissions) throws IOException {
    var file = Files.write(folder.resolve("key"), new byte[bytes]);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static PrivacyKey read(String file) throws IOException {
    return PrivacyKey.read(file, new Configuration());
  }

  @Test
  void bytesOfTheFileAreTheKey() throws IOException {
    var file = keyFile(16, "rw-------");

    assertThat(read(file.toString()).bytes()).isEqualTo(new byte[16]);
    assertThat(read(file.toUri().toString()).bytes()).isEqualTo(new byte[16]);
    assertThat(read(keyFile(16, "r--------").toString())).hasToString("a key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-r--r--", "rwx--x---"})
  void keyThatOthersMayReadIsRefused(String permissions) throws IOException {
    var file = keyFile(32, permissions);

    assertThatThrownBy(() -> read(file.toString()))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot use key file %s: others may read it (%s). Keep it to its owner: chmod 600 %s",
            file, permissions, file)
        .extracting(e -> ((ClickmillException) e).failure())
        .isEqualTo(Failure.USAGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 4097})
  void keyOfAnotherLengthIsRefused(int bytes) throws IOException {
    var file = keyFile(bytes, "rw-------");

    assertThatThrownBy(() -> read(file.toString()))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Invalid key file: %s holds %s bytes, and a key has from 16 to 4096. Make one with:"
                + " head -c 32 /dev/urandom",
            file, bytes > 4096 ? "more than 4096" : bytes);
  }

  @Test
  void missingKeyFileIsNamed() {
    var file = folder.resolve("none");

    assertThatThrownBy(() -> read(file.toString()))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Missing key file: %s", file);
  }
}
