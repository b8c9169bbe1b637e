package org.clickmill.formats.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.fs.ReusedBytes;
import org.clickmill.formats.fs.SizeLimit;

/**
 * The columns of a file's row groups for who reads row by row, nested ones too: parquet-java
 * decodes their values from pages that were checked. For one thread.
 */
public final class RowGroupColumns implements Closeable {
  private final FileBytes file;
  private final ParquetFooter footer;
  private final SizeLimit limit;
  private final PageDecompressor decompressor;

  /** Chunks of several columns are read side by side, each from pages of its own. */
  private final Map<ColumnDescriptor, ChunkPages> pages = new HashMap<>();

  /**
   * @param file is not closed here
   * @param limit of a page, decompressed
   */
  public RowGroupColumns(
      FileBytes file, ParquetFooter footer, SizeLimit limit, Configuration configuration) {
    this.file = file;
    this.footer = footer;
    this.limit = limit;
    this.decompressor = new PageDecompressor(configuration);
  }

  /**
   * Reads a column chunk. Its values are valid until the next chunk of the column is read.
   *
   * @param column one that is not repeated
   * @return a reader at the first row
   * @throws DamagedFileException with the chunk's place, if it is damaged or not supported
   */
  public ColumnReader read(int rowGroup, ColumnDescriptor column) throws IOException {
    return ColumnPages.reader(pages(rowGroup, column), column, footer.createdBy());
  }

  /**
   * Reads the chunks of columns, repeated ones too. Their values are valid until the next chunks
   * are read.
   *
   * @throws DamagedFileException with the chunk's place, if it is damaged or not supported
   */
  public PageReadStore pages(int rowGroup, List<ColumnDescriptor> wanted) throws IOException {
    var opened = new HashMap<ColumnDescriptor, PageReader>();
    for (var column : wanted) {
      opened.put(column, pages(rowGroup, column));
    }
    long rows = footer.rowGroups().get(rowGroup).getRowCount();
    return new PageReadStore() {
      @Override
      public PageReader getPageReader(ColumnDescriptor column) {
        return opened.get(column);
      }

      @Override
      public long getRowCount() {
        return rows;
      }
    };
  }

  private ColumnPages pages(int rowGroup, ColumnDescriptor column) throws IOException {
    var place =
        String.format(
            Locale.ROOT, "column %s, row group %d: ", String.join(".", column.getPath()), rowGroup);
    int rows = (int) footer.rowGroups().get(rowGroup).getRowCount();
    var chunkPages = pages.computeIfAbsent(column, any -> newPages());
    try {
      var chunk = footer.chunk(rowGroup, footer.schema().getColumns().indexOf(column));
      int values;
      if (column.getMaxRepetitionLevel() > 0) {
        values = chunkPages.readRepeated(file, chunk);
      } else {
        chunkPages.read(file, chunk, rows);
        values = rows;
      }
      return new ColumnPages(chunkPages, column, rows, values, place);
    } catch (DamagedFileException e) {
      throw e.at(place);
    }
  }

  @Override
  public void close() {
    decompressor.close();
  }

  private ChunkPages newPages() {
    return new ChunkPages(decompressor, true, limit, new ReusedBytes());
  }
}
