package org.clickmill.formats.write;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.PositionOutputStream;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Manifest.DataFile;

/** A new file, its length and its CRC-32C so far. */
final class ChecksumOutputStream extends PositionOutputStream {
  private static final int BUFFER_SIZE = 1 << 16;

  private final FileSystem fileSystem;
  private final Path path;
  private final OutputStream out;
  private final CRC32C checksum = new CRC32C();
  private long position;
  private boolean closed;

  private ChecksumOutputStream(FileSystem fileSystem, Path path, OutputStream out) {
    this.fileSystem = fileSystem;
    this.path = path;
    this.out = out;
  }

  /** Creates a file that must not exist yet, in blocks of a given size. */
  static ChecksumOutputStream create(FileSystem fileSystem, Path path, long blockSize)
      throws IOException {
    short replication = fileSystem.getDefaultReplication(path);
    return new ChecksumOutputStream(
        fileSystem, path, fileSystem.create(path, false, BUFFER_SIZE, replication, blockSize));
  }

  /** The file as a manifest lists it. */
  WrittenFile written(Fingerprint rows) {
    var text = String.format(Locale.ROOT, "crc32c:%08x", checksum.getValue());
    return new WrittenFile(new DataFile(path.getName(), position, rows.rows(), text), rows);
  }

  /** Closes and deletes the file. */
  void discard() throws IOException {
    try (this) {
      if (!fileSystem.delete(path, false) && fileSystem.exists(path)) {
        throw ClickmillException.failed("Cannot delete unfinished file: %s", path);
      }
    }
  }

  /** Closes and deletes the file because of a failure, to which a further one is added. */
  void discard(Exception failure) {
    try {
      discard();
    } catch (IOException | RuntimeException suppressed) {
      failure.addSuppressed(suppressed);
    }
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    checksum.update(b);
    position++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    checksum.update(bytes, offset, length);
    position += length;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      out.close();
    }
  }
}
