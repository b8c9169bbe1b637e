package org.clickmill.formats.write;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Manifest.DataFile;

/**
 * Writes the rows of a table to one Parquet file. Nothing is published by it: {@link #finish}
 * completes the file and tells what is in it, {@link #close} without finish deletes it.
 */
public final class ParquetTableWriter implements Closeable {
  private final FileSystem fileSystem;
  private final Path path;
  private final TableSchema schema;
  private final ChecksumOutputStream out;
  private final ParquetWriter<Row> writer;
  private final Fingerprint.Builder fingerprint = new Fingerprint.Builder();
  private boolean finished;

  private ParquetTableWriter(
      FileSystem fileSystem,
      Path path,
      TableSchema schema,
      ChecksumOutputStream out,
      ParquetWriter<Row> writer) {
    this.fileSystem = fileSystem;
    this.path = path;
    this.schema = schema;
    this.out = out;
    this.writer = writer;
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
    int rowGroupSize = WriteSettings.PARQUET_ROW_GROUP_MB.get(configuration) << 20;
    long blockSize = Math.max(fileSystem.getDefaultBlockSize(path), rowGroupSize);
    var out = ChecksumOutputStream.create(fileSystem, path, blockSize);
    try {
      var file = new SingleOutputFile(out, blockSize, "hdfs".equals(fileSystem.getScheme()), path);
      return new ParquetTableWriter(
          fileSystem,
          path,
          schema,
          out,
          new Builder(file, schema, metadata)
              .withConf(configuration)
              .withWriteMode(ParquetFileWriter.Mode.CREATE)
              .withCompressionCodec(codec(configuration))
              .withRowGroupSize((long) rowGroupSize)
              .withPageSize(WriteSettings.PARQUET_PAGE_KB.get(configuration) << 10)
              .withDictionaryPageSize(WriteSettings.PARQUET_DICTIONARY_MB.get(configuration) << 20)
              .withDictionaryEncoding(WriteSettings.PARQUET_DICTIONARY_MB.get(configuration) > 0)
              .withValidation(false)
              .build());
    } catch (IOException | RuntimeException e) {
      try (out) {
        fileSystem.delete(path, false);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
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
    write(row, row.encoding(), 0, row.encodedLength());
  }

  /**
   * Writes a row whose canonical encoding for the fingerprint is another than {@link Row#encode}'s.
   * Events use the content prefix of their {@link org.clickmill.formats.event.EventKey}, so that an
   * hour in Avro and a day in Parquet have equal fingerprints.
   */
  public void write(Row row, byte[] canonical, int offset, int length) throws IOException {
    writer.write(row);
    fingerprint.add(canonical, offset, length);
  }

  /** What the rows written so far are. */
  public Fingerprint fingerprint() {
    return fingerprint.build();
  }

  /** Completes the file. No more rows can be written. */
  public WrittenFile finish() throws IOException {
    writer.close();
    out.close();
    finished = true;
    var rows = fingerprint.build();
    return new WrittenFile(
        new DataFile(path.getName(), out.getPos(), rows.rows(), out.checksum()), rows);
  }

  /** Deletes the file, unless it is finished. */
  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    finished = true;
    try (out) {
      writer.close();
    } finally {
      if (!fileSystem.delete(path, false) && fileSystem.exists(path)) {
        throw ClickmillException.failed("Cannot delete unfinished file: %s", path);
      }
    }
  }

  @Override
  public String toString() {
    return schema.name() + " in " + path;
  }

  private static CompressionCodecName codec(Configuration configuration) {
    return switch (WriteSettings.PARQUET_CODEC.get(configuration)) {
      case ZSTD -> CompressionCodecName.ZSTD;
      case SNAPPY -> CompressionCodecName.SNAPPY;
      case UNCOMPRESSED -> CompressionCodecName.UNCOMPRESSED;
    };
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final TableSchema schema;
    private final Map<String, String> metadata;

    Builder(OutputFile file, TableSchema schema, Map<String, String> metadata) {
      super(file);
      this.schema = schema;
      this.metadata = metadata;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected RowWriteSupport getWriteSupport(Configuration configuration) {
      return new RowWriteSupport(schema, metadata);
    }
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
