package org.clickmill.formats.write;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.PositionOutputStream;

/** A new file, its length and its CRC-32C so far. */
final class ChecksumOutputStream extends PositionOutputStream {
  private static final int BUFFER_SIZE = 1 << 16;

  private final OutputStream out;
  private final CRC32C checksum = new CRC32C();
  private long position;
  private boolean closed;

  private ChecksumOutputStream(OutputStream out) {
    this.out = out;
  }

  /** Creates a file that must not exist yet, in the file system's block size. */
  static ChecksumOutputStream create(FileSystem fileSystem, Path path) throws IOException {
    return new ChecksumOutputStream(fileSystem.create(path, false, BUFFER_SIZE));
  }

  /** Creates a file that must not exist yet, in blocks of a given size. */
  static ChecksumOutputStream create(FileSystem fileSystem, Path path, long blockSize)
      throws IOException {
    return new ChecksumOutputStream(
        fileSystem.create(
            path, false, BUFFER_SIZE, fileSystem.getDefaultReplication(path), blockSize));
  }

  /** The checksum as a manifest holds it. */
  String checksum() {
    return String.format(Locale.ROOT, "crc32c:%08x", checksum.getValue());
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
