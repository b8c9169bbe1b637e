package org.clickmill.formats.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.read.FooterFeatures;
import org.clickmill.formats.read.PageHeaderCheck;

/** Checks what a Parquet footer says against the file before parquet-java trusts it. */
final class ParquetFooterCheck {
  private static final int MAGIC_SIZE = 4;
  private static final int TAIL_SIZE = Integer.BYTES + MAGIC_SIZE;

  private ParquetFooterCheck() {}

  /** Checks the bytes of the footer, before it is parsed. */
  static void checkBytes(FileSystem fileSystem, Path path, long length, int largest)
      throws IOException {
    try (FSDataInputStream in = SourceInput.open(fileSystem, path)) {
      if (length < MAGIC_SIZE + TAIL_SIZE) {
        throw new IOException("not a Parquet file: it has " + length + " bytes");
      }
      byte[] tail = new byte[TAIL_SIZE];
      in.readFully(length - TAIL_SIZE, tail);
      var magic = new String(tail, Integer.BYTES, MAGIC_SIZE, StandardCharsets.ISO_8859_1);
      if (magic.equals("PARE")) {
        throw ParquetFeatures.unsupported(path, "it is encrypted");
      }
      if (!magic.equals("PAR1")) {
        throw new IOException("not a Parquet file, or cut off: it does not end with PAR1");
      }
      long footer = 0;
      for (int i = Integer.BYTES - 1; i >= 0; i--) {
        footer = (footer << 8) | (tail[i] & 0xff);
      }
      if (footer > length - MAGIC_SIZE - TAIL_SIZE || footer > largest) {
        throw new IOException("a footer of " + footer + " bytes in a file of " + length);
      }
      byte[] bytes = new byte[(int) footer];
      in.readFully(length - TAIL_SIZE - footer, bytes);
      ThriftCheck.checkStruct(bytes);
      FooterFeatures.check(bytes, 0, bytes.length);
    }
  }

  /** Checks the row groups' counts and the places of those columns. */
  static void checkRowGroups(ParquetMetadata footer, Set<ColumnDescriptor> columns, long length)
      throws IOException {
    var paths = columns.stream().map(column -> String.join(".", column.getPath())).toList();
    int number = 0;
    for (BlockMetaData rowGroup : footer.getBlocks()) {
      number++;
      if (rowGroup.getRowCount() < 0) {
        throw new IOException("row group " + number + " has " + rowGroup.getRowCount() + " rows");
      }
      int found = 0;
      for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
        if (paths.contains(chunk.getPath().toDotString())) {
          found++;
          checkChunk(chunk, rowGroup, number, length);
        }
      }
      if (found != paths.size()) {
        throw new IOException("row group " + number + " lacks a column of the schema");
      }
    }
  }

  /** Checks the page headers of those columns, which are read where they lie in the file. */
  static void checkPageHeaders(
      FileSystem fileSystem,
      Path path,
      ParquetMetadata footer,
      Set<ColumnDescriptor> columns,
      int largest)
      throws IOException {
    var paths = columns.stream().map(column -> String.join(".", column.getPath())).toList();
    try (FSDataInputStream in = SourceInput.open(fileSystem, path)) {
      int number = 0;
      for (BlockMetaData rowGroup : footer.getBlocks()) {
        number++;
        for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
          if (paths.contains(chunk.getPath().toDotString())) {
            try {
              PageHeaderCheck.check(in, chunk, rowGroup.getRowCount(), largest);
            } catch (IOException e) {
              throw new IOException(place(chunk, number) + ": " + Damage.describe(e), e);
            }
          }
        }
      }
    }
  }

  private static String place(ColumnChunkMetaData chunk, int rowGroup) {
    return "column " + chunk.getPath().toDotString() + ", row group " + rowGroup;
  }

  private static void checkChunk(
      ColumnChunkMetaData chunk, BlockMetaData rowGroup, int number, long length)
      throws IOException {
    var place = place(chunk, number);
    long start = chunk.getStartingPos();
    long size = chunk.getTotalSize();
    if (start < MAGIC_SIZE || size < 0 || start > length - TAIL_SIZE - size) {
      throw new IOException(
          place + ": " + size + " bytes at " + start + " in a file of " + length + " bytes");
    }
    if (chunk.getValueCount() != rowGroup.getRowCount()) {
      throw new IOException(
          place + ": " + chunk.getValueCount() + " values in " + rowGroup.getRowCount() + " rows");
    }
  }
}
