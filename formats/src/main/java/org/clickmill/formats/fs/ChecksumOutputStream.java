package org.clickmill.formats.fs;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.PositionOutputStream;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.WrittenFile;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Sensitivity;
import org.clickmill.formats.warehouse.SyncedFiles;

/**
 * A new file, its length and its CRC-32C so far. Footers are written byte by byte, so bytes wait
 * here until there are many.
 */
public final class ChecksumOutputStream extends PositionOutputStream {
  private static final int BUFFER_SIZE = 1 << 14;

  /** Of the stream below, which gets whole buffers and passes them on. */
  private static final int FILE_BUFFER_SIZE = 1 << 12;

  private final FileSystem fileSystem;
  private final Path path;
  private final OutputStream out;
  private final CRC32C checksum = new CRC32C();
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private int buffered;
  private long written;
  private boolean closed;

  private ChecksumOutputStream(FileSystem fileSystem, Path path, OutputStream out) {
    this.fileSystem = fileSystem;
    this.path = path;
    this.out = out;
  }

  /** Creates a file that must not exist yet, in blocks of a given size. */
  public static ChecksumOutputStream create(
      FileSystem fileSystem, Path path, Sensitivity sensitivity, long blockSize)
      throws IOException {
    return new ChecksumOutputStream(
        fileSystem,
        path,
        SyncedFiles.create(fileSystem, path, sensitivity, false, FILE_BUFFER_SIZE, blockSize));
  }

  /** The file as a manifest lists it, once it is closed. */
  public WrittenFile written(long records, Fingerprint rows) {
    var text = String.format(Locale.ROOT, "crc32c:%08x", checksum.getValue());
    return new WrittenFile(new DataFile(path.getName(), written, records, text), rows);
  }

  /**
   * Closes and deletes the file, in this order: HDFS cannot complete a file that is gone. It is
   * deleted even if it cannot be closed.
   */
  public void discard() throws IOException {
    buffered = 0;
    try (Closeable ignored = this::delete) {
      close();
    }
  }

  private void delete() throws IOException {
    if (!fileSystem.delete(path, false) && fileSystem.exists(path)) {
      throw ClickmillException.failed("Cannot delete unfinished file: %s", path);
    }
  }

  /** Closes and deletes the file because of a failure, to which a further one is added. */
  public void discard(Exception failure) {
    try {
      discard();
    } catch (IOException | RuntimeException suppressed) {
      failure.addSuppressed(suppressed);
    }
  }

  @Override
  public long getPos() {
    return written + buffered;
  }

  @Override
  public void write(int b) throws IOException {
    if (buffered == buffer.length) {
      writeBuffer();
    }
    buffer[buffered++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > buffer.length - buffered) {
      writeBuffer();
    }
    if (length > buffer.length) {
      writeThrough(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, buffer, buffered, length);
      buffered += length;
    }
  }

  @Override
  public void flush() throws IOException {
    writeBuffer();
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try (out) {
        writeBuffer();
      }
    }
  }

  private void writeBuffer() throws IOException {
    int length = buffered;
    buffered = 0;
    writeThrough(buffer, 0, length);
  }

  private void writeThrough(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    checksum.update(bytes, offset, length);
    written += length;
  }
}
