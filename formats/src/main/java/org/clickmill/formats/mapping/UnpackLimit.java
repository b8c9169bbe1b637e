package org.clickmill.formats.mapping;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/** Ends the reading of a packed file that unpacks to far more than its size. */
final class UnpackLimit extends FilterInputStream {
  /** Files that unpack to less are never too large. */
  static final long FREE_BYTES = 64L * 1024 * 1024;

  private final Path path;
  private final long length;
  private final int ratio;
  private final long most;
  private long unpacked;

  /**
   * @param length bytes of the packed file
   * @param ratio times its length that it may unpack to
   */
  UnpackLimit(InputStream in, Path path, long length, int ratio) {
    super(in);
    this.path = path;
    this.length = length;
    this.ratio = ratio;
    this.most = Math.max(FREE_BYTES, length * ratio);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int size) throws IOException {
    int count = in.read(bytes, offset, size);
    unpacked += Math.max(0, count);
    if (unpacked > most) {
      throw ClickmillException.failed(
          "Cannot read file %s: its %d bytes unpack to more than %d times as many; if it is sound,"
              + " raise %s",
          path, length, ratio, MappingSettings.MAX_UNPACK_RATIO.name());
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
