package org.clickmill.formats.parquet;

import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.schema.PrimitiveType;
import org.clickmill.formats.fs.ReusedBytes;
import org.clickmill.formats.fs.SizeLimit;
import org.clickmill.formats.table.ProjectedColumn;
import org.clickmill.formats.table.ReadSettings;
import org.clickmill.formats.table.TableSchema.Type;

/**
 * What the Parquet files of a task are read into, one file after another: arrays of columns, of
 * pages and of chunks, which are made for the first file and used again for the next. For one
 * thread, and one open file at a time.
 */
public final class ReadBuffers implements Closeable {
  private final Map<ColumnKey, ParquetColumn> columns = new HashMap<>();
  private final PageDecompressor decompressor;
  private final ChunkPages pages;
  private final ReusedBytes chunk = new ReusedBytes();

  /** Columns of files are read into the same arrays if nothing about them differs. */
  private record ColumnKey(
      String name, Type type, boolean nullable, PrimitiveType typeInFile, int index) {}

  public ReadBuffers(Configuration configuration) {
    decompressor = new PageDecompressor(configuration);
    pages =
        new ChunkPages(
            decompressor,
            ReadSettings.VERIFY_CHECKSUMS.get(configuration),
            SizeLimit.ofMemory(),
            chunk);
  }

  ChunkPages pages() {
    return pages;
  }

  /** The column for what is wanted of a file's column, made if there was none like it. */
  ParquetColumn column(
      ProjectedColumn wanted, PrimitiveType typeInFile, int index, Supplier<ParquetColumn> maker) {
    var key = new ColumnKey(wanted.name(), wanted.type(), wanted.nullable(), typeInFile, index);
    return columns.computeIfAbsent(key, any -> maker.get());
  }

  /** What a chunk is read into. */
  ReusedBytes chunk() {
    return chunk;
  }

  @Override
  public void close() {
    decompressor.close();
  }
}
