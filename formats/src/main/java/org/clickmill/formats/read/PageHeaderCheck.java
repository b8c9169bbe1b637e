package org.clickmill.formats.read;

import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.clickmill.formats.failure.DamagedFileException;

/**
 * Checks the page headers of a column chunk against the footer before parquet-java reads its pages:
 * it would make room for as many bytes as a header says.
 */
public final class PageHeaderCheck {
  /** Headers have some dozen bytes, and more where long texts stand in their statistics. */
  private static final int FEW_BYTES = 1 << 12;

  private static final int MOST_BYTES = 1 << 24;

  private PageHeaderCheck() {}

  /**
   * Checks a chunk of a column that is not repeated.
   *
   * @param in the file, of which a few bytes are read for each page
   * @param largest bytes that a page may have unpacked
   * @throws IOException if the headers contradict each other or the footer
   */
  public static void check(FSDataInputStream in, ColumnChunkMetaData chunk, long rows, int largest)
      throws IOException {
    long position = chunk.getStartingPos();
    long end = position + chunk.getTotalSize();
    long found = 0;
    while (found < rows) {
      if (position >= end) {
        throw new EOFException(found + " values where there are " + rows + " rows");
      }
      try {
        var header = header(in, position, end);
        if (header.uncompressedSize > chunk.getTotalUncompressedSize()) {
          throw new IOException(
              "a page of "
                  + header.uncompressedSize
                  + " bytes in a column chunk of "
                  + chunk.getTotalUncompressedSize());
        }
        if (header.uncompressedSize > largest) {
          throw new IOException(
              "a page of " + header.uncompressedSize + " bytes where " + largest + " are allowed");
        }
        position += (long) header.start + header.compressedSize;
        found += header.isData() ? header.values : 0;
      } catch (DamagedFileException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
    if (found != rows) {
      throw new IOException(found + " values where there are " + rows + " rows");
    }
  }

  private static PageHeader header(FSDataInputStream in, long position, long end)
      throws IOException {
    int left = (int) Math.min(end - position, Integer.MAX_VALUE);
    for (int size = FEW_BYTES; ; size = MOST_BYTES) {
      byte[] bytes = new byte[Math.min(size, left)];
      in.readFully(position, bytes);
      try {
        return PageHeader.read(new CompactReader(bytes, 0, bytes.length), left);
      } catch (DamagedFileException e) {
        if (bytes.length == left || size == MOST_BYTES) {
          throw e;
        }
      }
    }
  }
}
