package org.clickmill.formats.mapping;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.read.PageCheck;

/** The pages of a row group, each checked before parquet-java decodes it. */
final class CheckedPages implements PageReadStore {
  private final PageReadStore pages;

  CheckedPages(PageReadStore pages) {
    this.pages = pages;
  }

  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    return new CheckedPageReader(pages.getPageReader(column), column);
  }

  @Override
  public long getRowCount() {
    return pages.getRowCount();
  }

  @Override
  public void close() {
    pages.close();
  }

  private static final class CheckedPageReader implements PageReader {
    private final PageReader pages;
    private final ColumnDescriptor column;
    private final PageCheck check;
    private long values;

    CheckedPageReader(PageReader pages, ColumnDescriptor column) {
      this.pages = pages;
      this.column = column;
      this.check = new PageCheck(column);
    }

    @Override
    public DictionaryPage readDictionaryPage() {
      var page = pages.readDictionaryPage();
      if (page == null) {
        return null;
      }
      try {
        var checked =
            new DictionaryPage(
                inMemory(page.getBytes()),
                page.getUncompressedSize(),
                page.getDictionarySize(),
                page.getEncoding());
        check.check(checked);
        return checked;
      } catch (IOException | RuntimeException e) {
        throw damaged(Damage.describe(e), e);
      }
    }

    @Override
    public long getTotalValueCount() {
      return pages.getTotalValueCount();
    }

    @Override
    public DataPage readPage() {
      DataPage page;
      try {
        page = pages.readPage();
      } catch (RuntimeException e) {
        throw damaged(Damage.describe(e), e);
      }
      if (page == null) {
        throw damaged("the pages end after " + values + " values", null);
      }
      values += page.getValueCount();
      if (page.getValueCount() < 0 || values > getTotalValueCount()) {
        throw damaged("a page of " + page.getValueCount() + " values", null);
      }
      try {
        var checked = inMemory(page);
        check.check(checked);
        return checked;
      } catch (IOException | RuntimeException e) {
        throw damaged(Damage.describe(e), e);
      }
    }

    /** The page with bytes that can be read twice. */
    private static DataPage inMemory(DataPage page) {
      if (page instanceof DataPageV1 first) {
        return new DataPageV1(
            inMemory(first.getBytes()),
            first.getValueCount(),
            first.getUncompressedSize(),
            first.getStatistics(),
            first.getRlEncoding(),
            first.getDlEncoding(),
            first.getValueEncoding());
      }
      var second = (DataPageV2) page;
      return DataPageV2.uncompressed(
          second.getRowCount(),
          second.getNullCount(),
          second.getValueCount(),
          inMemory(second.getRepetitionLevels()),
          inMemory(second.getDefinitionLevels()),
          second.getDataEncoding(),
          inMemory(second.getData()),
          second.getStatistics());
    }

    private static BytesInput inMemory(BytesInput bytes) {
      return bytes.copy(HeapByteBufferAllocator.getInstance(), buffer -> {});
    }

    private ParquetDecodingException damaged(String what, Exception cause) {
      return new ParquetDecodingException(
          "column " + String.join(".", column.getPath()) + ": " + what, cause);
    }
  }
}
