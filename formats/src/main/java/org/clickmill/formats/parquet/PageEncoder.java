package org.clickmill.formats.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Makes pages of what columns give it, one after the other, in buffers that all share. */
final class PageEncoder implements Closeable {
  /** The largest number of rows of a page, that of parquet-java. */
  static final int MAX_ROWS = 20_000;

  private final int pageBytes;
  private final int dictionaryBytes;
  private final PageCompressor compressor;
  private final EncodedBytes body = new EncodedBytes(1 << 12);
  private int[] numbers = new int[1 << 8];
  private long encodedBytes;

  /**
   * @param pageBytes the values of a page take no more in PLAIN, unless it is a single text
   * @param dictionaryBytes a column's dictionary takes no more; 0 is for none
   */
  PageEncoder(int pageBytes, int dictionaryBytes, PageCompressor compressor) {
    this.pageBytes = pageBytes;
    this.dictionaryBytes = dictionaryBytes;
    this.compressor = compressor;
  }

  int pageBytes() {
    return pageBytes;
  }

  int dictionaryBytes() {
    return dictionaryBytes;
  }

  CompressionCodecName codec() {
    return compressor.codec();
  }

  /** The sizes before compression of all pages finished since this was set to 0. */
  long encodedBytes() {
    return encodedBytes;
  }

  void clearEncodedBytes() {
    encodedBytes = 0;
  }

  /** What is put into the page that was begun last. */
  EncodedBytes body() {
    return body;
  }

  /** An array that belongs to the caller until the next call. */
  int[] numbers(int count) {
    if (count > numbers.length) {
      numbers = new int[Math.max(count, 2 * numbers.length)];
    }
    return numbers;
  }

  /** Begins a page of a column that is never NULL. */
  void begin() {
    body.clear();
  }

  /** Begins a page with the definition levels of its rows. */
  void begin(boolean[] present, int rows, int nulls) {
    body.clear();
    body.putInt(0);
    if (nulls == 0 || nulls == rows) {
      RleBitPackingEncoder.encodeRepeated(nulls == 0 ? 1 : 0, rows, 1, body);
    } else {
      int[] levels = numbers(rows);
      for (int i = 0; i < rows; i++) {
        levels[i] = present[i] ? 1 : 0;
      }
      RleBitPackingEncoder.encode(levels, rows, 1, body);
    }
    body.setInt(0, body.length() - Integer.BYTES);
  }

  /** Puts ids of a dictionary into the page. */
  void putIds(int[] ids, int count, int dictionarySize) {
    int width = RleBitPackingEncoder.width(dictionarySize);
    body.put(width);
    RleBitPackingEncoder.encode(ids, count, width, body);
  }

  /** Finishes the page. */
  EncodedPage finish(int rows, Encoding encoding, Statistics<?> statistics, long textBytes)
      throws IOException {
    encodedBytes += body.length();
    return new EncodedPage(
        compressor.compress(body.array(), body.length()),
        body.length(),
        rows,
        encoding,
        statistics,
        new SizeStatistics(statistics.type(), textBytes, List.of(), List.of()));
  }

  /** Makes a dictionary page of entries in PLAIN. */
  DictionaryPage dictionary(byte[] entries, int length, int size) throws IOException {
    return new DictionaryPage(
        BytesInput.from(compressor.compress(entries, length)),
        length,
        size,
        Encoding.PLAIN_DICTIONARY);
  }

  @Override
  public void close() {
    compressor.close();
  }
}
