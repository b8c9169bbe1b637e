package org.clickmill.formats.mapping;

import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.clickmill.formats.failure.ClickmillException;

/** Finds what a sound Parquet file may use and cannot be read here, so that it is not damage. */
final class ParquetFeatures {
  private ParquetFeatures() {}

  /**
   * Checks the mapped columns.
   *
   * @throws ClickmillException of kind failed if one is encrypted, or compressed in a way that
   *     there is no library for
   */
  static void check(
      Path path,
      ParquetMetadata footer,
      Set<ColumnDescriptor> columns,
      CompressionCodecFactory codecs) {
    var paths = columns.stream().map(column -> String.join(".", column.getPath())).toList();
    for (var rowGroup : footer.getBlocks()) {
      for (var chunk : rowGroup.getColumns()) {
        var column = chunk.getPath().toDotString();
        if (paths.contains(column)) {
          checkChunk(path, column, chunk, codecs);
        }
      }
    }
  }

  static ClickmillException unsupported(Path path, String what) {
    return ClickmillException.failed(
        "Cannot read file %s: %s, which is not supported. Write it again in another way.",
        path, what);
  }

  private static void checkChunk(
      Path path, String column, ColumnChunkMetaData chunk, CompressionCodecFactory codecs) {
    if (chunk.isEncrypted()) {
      throw unsupported(path, "column " + column + " is encrypted");
    }
    var codec = chunk.getCodec();
    try {
      codecs.getDecompressor(codec);
    } catch (RuntimeException | LinkageError e) {
      // Codecs beyond the common ones are loaded by need; not all of them are everywhere.
      throw unsupported(path, "column " + column + " is compressed by " + codec);
    }
  }
}
