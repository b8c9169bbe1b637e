package org.clickmill.formats.parquet;

import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.fs.LittleEndian;
import org.clickmill.formats.table.ColumnDecoder;
import org.clickmill.formats.table.LongDecoder;
import org.clickmill.formats.table.ProjectedColumn;

/** A column of a Parquet file: reads and decodes its chunks, page by page. */
final class ParquetColumn {
  private static final int PLAIN = 0;
  private static final int PLAIN_DICTIONARY = 2;
  private static final int RLE = 3;
  private static final int RLE_DICTIONARY = 8;

  private final ProjectedColumn wanted;
  private final ColumnDescriptor descriptor;
  private final int index;
  private final ColumnDecoder decoder;
  private final boolean isOptional;
  private final boolean isBoolean;
  private final RleBitPackingDecoder hybrid = new RleBitPackingDecoder();
  private boolean[] nulls = new boolean[0];

  /**
   * @param descriptor the file's column
   * @param index where it stands in the file's row groups
   */
  ParquetColumn(
      ProjectedColumn wanted, ColumnDescriptor descriptor, int index, ColumnDecoder decoder) {
    this.wanted = wanted;
    this.descriptor = descriptor;
    this.index = index;
    this.decoder = decoder;
    this.isOptional = descriptor.getMaxDefinitionLevel() > 0;
    this.isBoolean =
        descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BOOLEAN;
  }

  int index() {
    return index;
  }

  ColumnDecoder decoder() {
    return decoder;
  }

  void decode(
      FileBytes file, ChunkPages pages, ColumnChunkMetaData chunk, int rows, String createdBy)
      throws IOException {
    pages.read(file, chunk, rows);
    decoder.begin(rows);
    if (isOptional && rows > nulls.length) {
      nulls = new boolean[rows];
    }
    int nullCount =
        isKnown(pages)
            ? decodePages(pages)
            : decodeByParquetJava(ColumnPages.reader(pages, descriptor, rows, createdBy, ""), rows);
    if (nullCount > 0 && !wanted.nullable()) {
      throw new DamagedFileException("%d rows without a value that they must have", nullCount);
    }
    decoder.finish(nullCount > 0 ? nulls : null);
  }

  private boolean isKnown(ChunkPages pages) {
    for (var page : pages.dataPages()) {
      boolean known =
          switch (page.encoding()) {
            case PLAIN, PLAIN_DICTIONARY, RLE_DICTIONARY -> true;
            case RLE -> isBoolean;
            default -> false;
          };
      boolean knownLevels = !isOptional || page.isVersion2() || page.levelEncoding() == RLE;
      if (!known || !knownLevels) {
        return false;
      }
    }
    return true;
  }

  /** Decodes a chunk of other encodings row by row and returns how many rows have no value. */
  private int decodeByParquetJava(ColumnReader reader, int rows) {
    int most = descriptor.getMaxDefinitionLevel();
    int nullCount = 0;
    for (int row = 0; row < rows; row++) {
      boolean isNull = reader.getCurrentDefinitionLevel() < most;
      if (isNull) {
        decoder.takeNull(row);
        nullCount++;
      } else {
        decoder.take(reader, row);
      }
      if (isOptional) {
        nulls[row] = isNull;
      }
      reader.consume();
    }
    return nullCount;
  }

  private int decodePages(ChunkPages pages) throws IOException {
    takeDictionary(pages);
    int row = 0;
    int allNulls = 0;
    for (var page : pages.dataPages()) {
      pages.open(page, isOptional);
      int nullCount = takeLevels(pages, page, row);
      int count = page.values() - nullCount;
      takeValues(pages, page, count, row);
      if (nullCount > 0) {
        decoder.spread(row, page.values(), count, nulls);
      }
      row += page.values();
      allNulls += nullCount;
    }
    return allNulls;
  }

  private void takeDictionary(ChunkPages pages) throws IOException {
    var page = pages.dictionary();
    if (page == null) {
      return;
    }
    if (page.encoding() != PLAIN && page.encoding() != PLAIN_DICTIONARY) {
      throw new DamagedFileException("a dictionary of encoding %d", page.encoding());
    }
    pages.open(page, false);
    decoder.takeDictionary(pages.values(), pages.valueStart(), pages.valueEnd(), page.values());
  }

  private int takeLevels(ChunkPages pages, PageHeader page, int row) {
    if (!isOptional) {
      if (page.levelBytes() > 0 || page.nulls() > 0) {
        throw new DamagedFileException("NULLs in a column that has none");
      }
      return 0;
    }
    int start = pages.levelStart();
    int found =
        hybrid.decodeNulls(
            pages.levels(), start, start + page.levelBytes(), page.values(), nulls, row);
    if (page.isVersion2() && found != page.nulls()) {
      throw new DamagedFileException("%d NULLs where there are %d", page.nulls(), found);
    }
    return found;
  }

  private void takeValues(ChunkPages pages, PageHeader page, int count, int row) {
    byte[] bytes = pages.values();
    int start = pages.valueStart();
    int end = pages.valueEnd();
    if (page.encoding() == PLAIN) {
      decoder.takePlain(bytes, start, end, count, row);
      return;
    }
    if (count == 0) {
      return;
    }
    int[] ids = decoder.idBuffer(count);
    if (page.encoding() == RLE) {
      takeBooleans(bytes, start, end, count, row);
      return;
    }
    if (pages.dictionary() == null) {
      throw new DamagedFileException("ids without a dictionary");
    }
    if (start >= end) {
      throw new DamagedFileException("a page of %d ids without bytes", count);
    }
    hybrid.decode(bytes, start + 1, end, bytes[start], count, ids, decoder.idStart(row));
    decoder.takeIds(count, row);
  }

  /** Version 2 writes booleans as runs of bits behind their length. */
  private void takeBooleans(byte[] bytes, int start, int end, int count, int row) {
    int length = end - start < Integer.BYTES ? -1 : LittleEndian.intAt(bytes, start);
    if (length < 0 || length > end - start - Integer.BYTES) {
      throw new DamagedFileException("booleans of %d bytes in a page of %d", length, end - start);
    }
    int[] bits = decoder.idBuffer(count);
    hybrid.decode(bytes, start + Integer.BYTES, start + Integer.BYTES + length, 1, count, bits, 0);
    for (int i = 0; i < count; i++) {
      ((LongDecoder) decoder).set(row + i, bits[i] & 1);
    }
  }
}
