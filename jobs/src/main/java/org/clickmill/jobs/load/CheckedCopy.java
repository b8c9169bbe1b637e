package org.clickmill.jobs.load;

import java.io.IOException;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Sensitivity;
import org.clickmill.formats.warehouse.SyncedFiles;

/** Copies files whose bytes are known. */
public final class CheckedCopy {
  private static final int BUFFER_SIZE = 1 << 16;

  private final FileSystem fileSystem;
  private final Sensitivity sensitivity;
  private final Runnable progress;

  /**
   * @param sensitivity of what the files hold
   * @param progress is run often while files are copied
   */
  public CheckedCopy(FileSystem fileSystem, Sensitivity sensitivity, Runnable progress) {
    this.fileSystem = fileSystem;
    this.sensitivity = sensitivity;
    this.progress = progress;
  }

  /**
   * Copies a file into a folder, under the name that it is known by.
   *
   * @throws ClickmillException if its length or its checksum is another
   */
  public void copy(Path source, DataFile file, Path folder) throws IOException {
    var checksum = new CRC32C();
    long length = 0;
    byte[] buffer = new byte[BUFFER_SIZE];
    try (var in = fileSystem.open(source);
        var out = SyncedFiles.create(fileSystem, new Path(folder, file.name()), sensitivity)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        checksum.update(buffer, 0, read);
        length += read;
        progress.run();
      }
    }
    var found = String.format(Locale.ROOT, "crc32c:%08x", checksum.getValue());
    if (length != file.bytes() || !found.equals(file.checksum())) {
      throw ClickmillException.failed(
          "Damaged file: %s has %d bytes of checksum %s, and should have %d of %s. Bring it back"
              + " from a backup or a snapshot.",
          source, length, found, file.bytes(), file.checksum());
    }
  }
}
