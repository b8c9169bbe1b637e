package org.clickmill.formats.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.fs.ChecksumOutputStream;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.WriteSettings;
import org.clickmill.formats.table.WrittenFile;

/**
 * Writes the rows of a table to one Parquet file. Nothing is published by it: {@link #finish}
 * completes the file and tells what is in it, {@link #close} without finish deletes it.
 */
public final class ParquetTableWriter implements Closeable {
  private static final String OBJECT_MODEL = "clickmill";

  private final Path path;
  private final TableSchema schema;
  private final Map<String, String> metadata;
  private final ChecksumOutputStream out;
  private final ParquetFileWriter file;
  private final PageEncoder pages;
  private final RowGroup group;
  private final Fingerprint.Builder fingerprint = new Fingerprint.Builder();
  private long rows;
  private boolean finished;

  private ParquetTableWriter(
      Path path,
      TableSchema schema,
      Map<String, String> metadata,
      ChecksumOutputStream out,
      ParquetFileWriter file,
      PageEncoder pages,
      RowGroup group) {
    this.path = path;
    this.schema = schema;
    this.metadata = Map.copyOf(metadata);
    this.out = out;
    this.file = file;
    this.pages = pages;
    this.group = group;
  }

  /** Creates a file; it must not exist yet, its folder may be missing. */
  public static ParquetTableWriter open(
      FileSystem fileSystem, Path path, TableSchema schema, Configuration configuration)
      throws IOException {
    return open(fileSystem, path, schema, configuration, Map.of());
  }

  /** Creates a file with more key-value pairs in its footer. */
  public static ParquetTableWriter open(
      FileSystem fileSystem,
      Path path,
      TableSchema schema,
      Configuration configuration,
      Map<String, String> metadata)
      throws IOException {
    long rowGroupBytes = (long) WriteSettings.PARQUET_ROW_GROUP_MB.get(configuration) << 20;
    var pages = pages(configuration);
    long blockSize = Math.max(fileSystem.getDefaultBlockSize(path), rowGroupBytes);
    boolean inBlocks = "hdfs".equals(fileSystem.getUri().getScheme());
    ChecksumOutputStream out = null;
    try {
      out = ChecksumOutputStream.create(fileSystem, path, schema.sensitivity(), blockSize);
      var file =
          new ParquetFileWriter(
              new SingleOutputFile(out, blockSize, inBlocks, path),
              schema.toParquet(),
              ParquetFileWriter.Mode.CREATE,
              rowGroupBytes,
              ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
              ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
              ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
              ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
      file.start();
      var group = new RowGroup(schema, file, pages, rowGroupBytes);
      return new ParquetTableWriter(path, schema, metadata, out, file, pages, group);
    } catch (IOException | RuntimeException e) {
      pages.close();
      if (out != null) {
        out.discard(e);
      }
      throw e;
    }
  }

  /**
   * Writes a row.
   *
   * @throws ClickmillException if a column that is never NULL has no value
   */
  public void write(Row row) throws IOException {
    row.encode();
    long[] measures = row.measures();
    if (measures.length == 0) {
      write(row, row.encoding(), 0, row.encodedLength());
      return;
    }
    add(row);
    fingerprint.add(row.encoding(), 0, row.encodedLength(), measures);
  }

  /**
   * Writes a row whose canonical encoding for the fingerprint is another than {@link Row#encode}'s.
   * Events use the content prefix of their {@link org.clickmill.formats.event.EventKey}, so that an
   * hour in Avro and a day in Parquet have equal fingerprints.
   */
  public void write(Row row, byte[] canonical, int offset, int length) throws IOException {
    add(row);
    fingerprint.add(canonical, offset, length);
  }

  private void add(Row row) throws IOException {
    group.add(row);
    rows++;
  }

  /** What the rows written so far are. */
  public Fingerprint fingerprint() {
    return fingerprint.build();
  }

  /** Completes the file. No more rows can be written. */
  public WrittenFile finish() throws IOException {
    group.write();
    var footer = new HashMap<>(metadata);
    footer.put(ParquetWriter.OBJECT_MODEL_NAME_PROP, OBJECT_MODEL);
    file.end(footer);
    out.close();
    pages.close();
    finished = true;
    return out.written(rows, fingerprint.build());
  }

  /** Deletes the file, unless it is finished. */
  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    finished = true;
    pages.close();
    file.abort();
    try {
      file.close();
    } catch (IOException | RuntimeException e) {
      out.discard(e);
      throw e;
    }
    out.discard();
  }

  @Override
  public String toString() {
    return schema.name() + " in " + path;
  }

  private static PageEncoder pages(Configuration configuration) {
    return new PageEncoder(
        WriteSettings.PARQUET_PAGE_KB.get(configuration) << 10,
        WriteSettings.PARQUET_DICTIONARY_MB.get(configuration) << 20,
        new PageCompressor(WriteSettings.PARQUET_CODEC.get(configuration)));
  }

  /** The stream that is already open, as Parquet wants to be given it. */
  private record SingleOutputFile(
      ChecksumOutputStream out, long blockSize, boolean inBlocks, Path path) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return out;
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return out;
    }

    @Override
    public boolean supportsBlockSize() {
      return inBlocks;
    }

    @Override
    public long defaultBlockSize() {
      return blockSize;
    }

    @Override
    public String getPath() {
      return path.toString();
    }
  }
}
