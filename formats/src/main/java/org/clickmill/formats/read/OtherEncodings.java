package org.clickmill.formats.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.failure.DamagedFileException;

/** Column chunks with an encoding that is not decoded here: parquet-java's own reader does it. */
final class OtherEncodings {
  private final ColumnDescriptor descriptor;
  private final String createdBy;

  OtherEncodings(ColumnDescriptor descriptor, String createdBy) {
    this.descriptor = descriptor;
    this.createdBy = createdBy;
  }

  /** Decodes a chunk row by row and returns how many rows have no value. */
  int decode(ChunkPages pages, int rows, ColumnDecoder decoder, boolean[] nulls) {
    var reader = reader(new Pages(pages, descriptor, rows), rows);
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
      if (most > 0) {
        nulls[row] = isNull;
      }
      reader.consume();
    }
    return nullCount;
  }

  private ColumnReader reader(PageReader pages, int rows) {
    var store =
        new PageReadStore() {
          @Override
          public PageReader getPageReader(ColumnDescriptor column) {
            return pages;
          }

          @Override
          public long getRowCount() {
            return rows;
          }
        };
    var schema = new MessageType("column", descriptor.getPrimitiveType());
    return new ColumnReadStoreImpl(store, new NoConverter(), schema, createdBy)
        .getColumnReader(descriptor);
  }

  /** parquet-java asks for converters; values are taken from the reader instead. */
  private static final class NoConverter extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  /** The chunk's pages as parquet-java wants them. */
  private static final class Pages implements PageReader {
    private final ChunkPages pages;
    private final ColumnDescriptor descriptor;
    private final int rows;
    private final Iterator<PageHeader> remaining;
    private final PageCheck check;

    Pages(ChunkPages pages, ColumnDescriptor descriptor, int rows) {
      this.pages = pages;
      this.descriptor = descriptor;
      this.rows = rows;
      this.remaining = pages.dataPages().iterator();
      this.check = new PageCheck(descriptor);
    }

    @Override
    public long getTotalValueCount() {
      return rows;
    }

    @Override
    public DictionaryPage readDictionaryPage() {
      var page = pages.dictionary();
      if (page == null) {
        return null;
      }
      open(page);
      var dictionary = new DictionaryPage(values(), page.values, encoding(page.encoding));
      try {
        check.check(dictionary);
      } catch (IOException e) {
        throw new DamagedFileException("%s", Damage.describe(e));
      }
      return dictionary;
    }

    @Override
    public DataPage readPage() {
      if (!remaining.hasNext()) {
        return null;
      }
      var page = dataPage(remaining.next());
      try {
        check.check(page);
      } catch (IOException e) {
        throw new DamagedFileException("%s", Damage.describe(e));
      }
      return page;
    }

    private DataPage dataPage(PageHeader page) {
      open(page);
      var statistics = Statistics.createStats(descriptor.getPrimitiveType());
      var encoding = encoding(page.encoding);
      if (page.kind == PageHeader.DATA) {
        var levels = encoding(page.levelEncoding);
        return new DataPageV1(
            values(),
            page.values,
            page.uncompressedSize,
            statistics,
            Encoding.RLE,
            levels,
            encoding);
      }
      byte[] levels = new byte[page.levelBytes];
      System.arraycopy(pages.levels(), pages.levelStart(), levels, 0, levels.length);
      return DataPageV2.uncompressed(
          page.values,
          page.nulls,
          page.values,
          BytesInput.empty(),
          BytesInput.from(levels),
          encoding,
          values(),
          statistics);
    }

    private void open(PageHeader page) {
      try {
        pages.open(page, false);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** A copy, since readers keep it while the next page is decompressed. */
    private BytesInput values() {
      byte[] copy = new byte[pages.valueEnd() - pages.valueStart()];
      System.arraycopy(pages.values(), pages.valueStart(), copy, 0, copy.length);
      return BytesInput.from(copy);
    }

    private static Encoding encoding(int code) {
      return switch (code) {
        case 0 -> Encoding.PLAIN;
        case 2 -> Encoding.PLAIN_DICTIONARY;
        case 3 -> Encoding.RLE;
        case 4 -> Encoding.BIT_PACKED;
        case 5 -> Encoding.DELTA_BINARY_PACKED;
        case 6 -> Encoding.DELTA_LENGTH_BYTE_ARRAY;
        case 7 -> Encoding.DELTA_BYTE_ARRAY;
        case 8 -> Encoding.RLE_DICTIONARY;
        case 9 -> Encoding.BYTE_STREAM_SPLIT;
        default -> throw new DamagedFileException("a page of unknown encoding %d", code);
      };
    }
  }
}
