package org.clickmill.formats.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.failure.UnsupportedFileException;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.fs.LittleEndian;
import org.clickmill.formats.fs.ReusedBytes;
import org.clickmill.formats.fs.SizeLimit;

/**
 * The pages of one column chunk. All headers are read and added up before any page is decompressed,
 * so that a damaged number of values or size is found while nothing is allocated for it.
 */
public final class ChunkPages {
  private static final byte[] NOTHING = new byte[0];
  private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

  private final PageDecompressor decompressor;
  private final boolean verify;
  private final SizeLimit limit;
  private final ReusedBytes buffer;
  private final List<PageHeader> dataPages = new ArrayList<>();
  private final CRC32 crc = new CRC32();
  private byte[] chunk = NOTHING;
  private CompressionCodecName codec = CompressionCodecName.UNCOMPRESSED;
  private PageHeader dictionary;
  private byte[] levels = NOTHING;
  private int levelStart;
  private byte[] values = NOTHING;
  private int valueStart;
  private int valueEnd;

  /**
   * @param verify whether the checksums of pages are verified, where they have one
   * @param limit of a page, decompressed
   * @param buffer what chunks are read into
   */
  public ChunkPages(
      PageDecompressor decompressor, boolean verify, SizeLimit limit, ReusedBytes buffer) {
    this.decompressor = decompressor;
    this.verify = verify;
    this.limit = limit;
    this.buffer = buffer;
  }

  /** Reads a chunk of a column that is not repeated. */
  public void read(FileBytes file, ColumnChunkMetaData metadata, int rows) throws IOException {
    read(file, metadata, rows, false);
  }

  /** Reads a chunk of a repeated column and returns the number of its values. */
  int readRepeated(FileBytes file, ColumnChunkMetaData metadata) throws IOException {
    if (metadata.getValueCount() > Integer.MAX_VALUE) {
      throw new UnsupportedFileException("a chunk of %d values", metadata.getValueCount());
    }
    read(file, metadata, (int) metadata.getValueCount(), true);
    return (int) metadata.getValueCount();
  }

  private void read(FileBytes file, ColumnChunkMetaData metadata, int rows, boolean isRepeated)
      throws IOException {
    dataPages.clear();
    dictionary = null;
    codec = metadata.getCodec();
    if (metadata.getTotalSize() > MOST_BYTES) {
      throw new UnsupportedFileException("a chunk of %d bytes", metadata.getTotalSize());
    }
    int size = (int) metadata.getTotalSize();
    chunk = file.read(metadata.getStartingPos(), size, buffer);
    int position = file.offset();
    int end = position + size;
    long found = 0;
    while (found < rows) {
      if (position >= end) {
        throw new DamagedFileException("%d values where there are %d rows", found, rows);
      }
      var reader = new ThriftCompactReader(chunk, position, end);
      var header = PageHeader.read(reader, end);
      if (header.repetitionBytes() > 0 && !isRepeated) {
        throw new DamagedFileException(
            "%d bytes of repetition levels in a column without", header.repetitionBytes());
      }
      add(header, metadata.getTotalUncompressedSize());
      position = header.start() + header.compressedSize();
      found += header.isData() ? header.values() : 0;
    }
    if (found != rows || metadata.getValueCount() != rows) {
      throw new DamagedFileException(
          "%d values, %d in the footer, where there are %d rows",
          found, metadata.getValueCount(), rows);
    }
  }

  /** The header of the dictionary, or null. */
  public PageHeader dictionary() {
    return dictionary;
  }

  public List<PageHeader> dataPages() {
    return dataPages;
  }

  /**
   * Verifies and decompresses a page. Levels and values are then at hand until the next call.
   *
   * @param hasLevels whether levels stand before the values of a data page of version 1
   */
  public void open(PageHeader page, boolean hasLevels) throws IOException {
    verify(page);
    boolean isVersion2 = page.isVersion2();
    levels = chunk;
    levelStart = page.start() + page.repetitionBytes();
    int prefix = isVersion2 ? page.repetitionBytes() + page.levelBytes() : 0;
    int start = page.start() + prefix;
    int compressed = page.compressedSize() - prefix;
    int size = page.uncompressedSize() - prefix;
    if (codec == CompressionCodecName.UNCOMPRESSED || isVersion2 && !page.isCompressed()) {
      if (compressed != size) {
        throw new DamagedFileException(
            "an uncompressed page of %d bytes where %d are promised", compressed, size);
      }
      values = chunk;
      valueStart = start;
    } else {
      values = decompressor.decompress(codec, chunk, start, compressed, size);
      valueStart = 0;
    }
    valueEnd = valueStart + size;
    if (hasLevels && !isVersion2) {
      openLevels(page, size);
    }
  }

  public byte[] levels() {
    return levels;
  }

  public int levelStart() {
    return levelStart;
  }

  public byte[] values() {
    return values;
  }

  public int valueStart() {
    return valueStart;
  }

  public int valueEnd() {
    return valueEnd;
  }

  private void add(PageHeader header, long mostBytes) {
    if (header.uncompressedSize() > mostBytes) {
      throw new DamagedFileException(
          "a page of %d bytes in a column chunk of %d", header.uncompressedSize(), mostBytes);
    }
    limit.check("a page", header.uncompressedSize());
    if (header.isData()) {
      dataPages.add(header);
    } else if (header.isDictionary()) {
      if (dictionary != null || !dataPages.isEmpty()) {
        throw new DamagedFileException("a dictionary that is not its column chunk's first page");
      }
      dictionary = header;
    }
  }

  private void openLevels(PageHeader page, int size) {
    int length = size < Integer.BYTES ? -1 : LittleEndian.intAt(values, valueStart);
    if (length < 0 || length > size - Integer.BYTES) {
      throw new DamagedFileException("levels of %d bytes in a page of %d", length, size);
    }
    levels = values;
    levelStart = valueStart + Integer.BYTES;
    valueStart = levelStart + length;
    page.foundLevels(length);
  }

  private void verify(PageHeader page) {
    if (!verify || !page.hasChecksum()) {
      return;
    }
    crc.reset();
    crc.update(chunk, page.start(), page.compressedSize());
    if ((int) crc.getValue() != page.checksum()) {
      throw new DamagedFileException(
          "a page whose checksum is %08x instead of %08x", (int) crc.getValue(), page.checksum());
    }
  }
}
