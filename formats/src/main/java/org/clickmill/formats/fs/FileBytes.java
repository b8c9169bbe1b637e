package org.clickmill.formats.fs;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.DamagedFileException;

/**
 * A file that is read at chosen places. Its end, where Parquet's footer lies, is read first and
 * kept; of a small file that is all of it, so that it is read at once.
 */
public final class FileBytes implements Closeable {
  private static final int SMALL_FILE = 1 << 20;
  private static final int TAIL = 1 << 16;

  private final FSDataInputStream stream;
  private final long length;
  private final byte[] tail;
  private final ReusedBytes buffer;
  private int offset;

  private FileBytes(FSDataInputStream stream, long length, byte[] tail, ReusedBytes buffer) {
    this.stream = stream;
    this.length = length;
    this.tail = tail;
    this.buffer = buffer;
  }

  /**
   * Opens a file.
   *
   * @param bytes its length if known, else negative
   */
  public static FileBytes open(FileSystem fileSystem, Path path, long bytes) throws IOException {
    return open(fileSystem, path, bytes, new ReusedBytes());
  }

  /**
   * Opens a file.
   *
   * @param bytes its length if known, else negative
   * @param buffer what ranges are read into
   */
  public static FileBytes open(FileSystem fileSystem, Path path, long bytes, ReusedBytes buffer)
      throws IOException {
    long length = bytes >= 0 ? bytes : lengthOf(fileSystem, path);
    try {
      return of(fileSystem.open(path), length, buffer);
    } catch (FileNotFoundException e) {
      throw ClickmillException.failed("Missing file: %s", path, e);
    } catch (EOFException e) {
      throw ClickmillException.failed(
          "Cannot read %s: it is shorter than %d bytes, it must have been cut off",
          path, length, e);
    }
  }

  /**
   * The bytes of an open file, which is closed with them, or at once if its end cannot be read.
   *
   * @param length of the file in bytes
   */
  public static FileBytes of(FSDataInputStream stream, long length) throws IOException {
    return of(stream, length, new ReusedBytes());
  }

  private static FileBytes of(FSDataInputStream stream, long length, ReusedBytes buffer)
      throws IOException {
    try {
      byte[] tail = new byte[(int) Math.min(length, length <= SMALL_FILE ? SMALL_FILE : TAIL)];
      stream.readFully(length - tail.length, tail, 0, tail.length);
      return new FileBytes(stream, length, tail, buffer);
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  public long length() {
    return length;
  }

  /**
   * Reads a range. It begins at {@link #offset} of the array that is returned, which is valid until
   * the next call and may be longer.
   */
  public byte[] read(long position, int size) throws IOException {
    return read(position, size, buffer);
  }

  /**
   * Reads a range into a buffer, unless it lies in the part of the file that is kept. It begins at
   * {@link #offset} of the array that is returned, which is valid as long as the buffer's.
   */
  public byte[] read(long position, int size, ReusedBytes target) throws IOException {
    if (position < 0 || size < 0 || position + size > length) {
      throw new DamagedFileException(
          "bytes %d to %d of a file of %d", position, position + size, length);
    }
    long tailStart = length - tail.length;
    if (position >= tailStart) {
      offset = (int) (position - tailStart);
      return tail;
    }
    byte[] bytes = target.ofSize(size);
    try {
      stream.readFully(position, bytes, 0, size);
    } catch (EOFException e) {
      throw new DamagedFileException("the file ends before byte %d", position + size);
    }
    offset = 0;
    return bytes;
  }

  /** Where in the array the last range that was read begins. */
  public int offset() {
    return offset;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private static long lengthOf(FileSystem fileSystem, Path path) throws IOException {
    try {
      return fileSystem.getFileStatus(path).getLen();
    } catch (FileNotFoundException e) {
      throw ClickmillException.failed("Missing file: %s", path, e);
    }
  }
}
