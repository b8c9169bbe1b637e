package org.clickmill.formats.privacy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.clickmill.formats.failure.ClickmillException;

/** A secret key, whose bytes are those of a file that only its owner may read. */
public final class PrivacyKey {
  static final int LEAST_BYTES = 16;
  private static final int MOST_BYTES = 4096;
  private static final int MADE_BYTES = 32;

  private final byte[] bytes;

  /**
   * @param bytes at least 16
   */
  public PrivacyKey(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** A key made at random. */
  static PrivacyKey random() {
    byte[] bytes = new byte[MADE_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new PrivacyKey(bytes);
  }

  /**
   * Reads the key in a file.
   *
   * @param file on the local disk, or with a scheme on any file system
   * @throws ClickmillException of kind usage if there is none, if anybody but its owner may read or
   *     write it, or if it is too short or too long for a key
   */
  public static PrivacyKey read(String file, Configuration configuration) throws IOException {
    var path = new Path(file);
    var scheme = path.toUri().getScheme();
    // A plain name is of the local disk, where secrets are, also on a cluster.
    return scheme == null || scheme.equals("file")
        ? readLocal(java.nio.file.Path.of(path.toUri().getPath()))
        : read(path.getFileSystem(configuration), path);
  }

  /** As {@link #read(String, Configuration)}, on a given file system. */
  static PrivacyKey read(FileSystem fileSystem, Path path) throws IOException {
    try {
      var permission = fileSystem.getFileStatus(path).getPermission();
      if (permission.getGroupAction() != FsAction.NONE
          || permission.getOtherAction() != FsAction.NONE) {
        boolean isLocal = fileSystem.getUri().getScheme().equals("file");
        throw isLocal
            ? exposed(path.toUri().getPath(), permission.toString(), "chmod 600")
            : exposed(path.toString(), permission.toString(), "hdfs dfs -chmod 600");
      }
      try (InputStream in = fileSystem.open(path)) {
        return checked(path.toString(), in.readNBytes(MOST_BYTES + 1));
      }
    } catch (FileNotFoundException e) {
      throw missing(path.toString(), e);
    }
  }

  private static PrivacyKey readLocal(java.nio.file.Path path) throws IOException {
    try {
      var permissions = Files.getPosixFilePermissions(path);
      var ofOwner =
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE);
      if (!ofOwner.containsAll(permissions)) {
        throw exposed(path.toString(), PosixFilePermissions.toString(permissions), "chmod 600");
      }
      try (var in = Files.newInputStream(path)) {
        return checked(path.toString(), in.readNBytes(MOST_BYTES + 1));
      }
    } catch (NoSuchFileException e) {
      throw missing(path.toString(), e);
    }
  }

  private static PrivacyKey checked(String file, byte[] bytes) {
    if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
      throw ClickmillException.usage(
          "Invalid key file: %s holds %s bytes, and a key has from %d to %d. Make one with: head -c"
              + " %d /dev/urandom",
          file,
          bytes.length > MOST_BYTES ? "more than " + MOST_BYTES : bytes.length,
          LEAST_BYTES,
          MOST_BYTES,
          MADE_BYTES);
    }
    return new PrivacyKey(bytes);
  }

  private static ClickmillException exposed(String file, String permissions, String command) {
    return ClickmillException.usage(
        "Cannot use key file %s: others may read it (%s). Keep it to its owner: %s %s",
        file, permissions, command, file);
  }

  private static ClickmillException missing(String file, IOException cause) {
    return ClickmillException.usage("Missing key file: %s", file, cause);
  }

  /** The key itself, for a secret of a job. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** A key of its own for one purpose, from which this one cannot be found. */
  PrivacyKey derived(String purpose) {
    byte[] text = purpose.getBytes(StandardCharsets.UTF_8);
    return new PrivacyKey(new KeyedHash(this).of(text, 0, text.length).clone());
  }

  /** Not what it is. */
  @Override
  public String toString() {
    return "a key";
  }
}
