package org.clickmill.formats.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.fs.LittleEndian;

/** What a Parquet file says about itself, checked against the file's length and against itself. */
final class ParquetFooter {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final byte[] MAGIC_ENCRYPTED = {'P', 'A', 'R', 'E'};
  private static final int TAIL = Integer.BYTES + MAGIC.length;
  private static final int MOST_ROWS = Integer.MAX_VALUE - 64;

  private final MessageType schema;
  private final String createdBy;
  private final List<BlockMetaData> rowGroups;

  private ParquetFooter(MessageType schema, String createdBy, List<BlockMetaData> rowGroups) {
    this.schema = schema;
    this.createdBy = createdBy;
    this.rowGroups = rowGroups;
  }

  static ParquetFooter read(FileBytes file) throws IOException {
    long length = file.length();
    if (length < MAGIC.length + TAIL) {
      throw new DamagedFileException("%d bytes are too few for a Parquet file", length);
    }
    byte[] tail = file.read(length - TAIL, TAIL);
    int end = file.offset() + Integer.BYTES;
    if (matches(tail, end, MAGIC_ENCRYPTED)) {
      throw new DamagedFileException("its footer is encrypted, which is not supported");
    }
    if (!matches(tail, end, MAGIC)) {
      throw new DamagedFileException("it does not end as a Parquet file does");
    }
    int size = LittleEndian.intAt(tail, file.offset());
    long start = length - TAIL - size;
    if (size <= 0 || start < MAGIC.length) {
      throw new DamagedFileException("a footer of %d bytes in a file of %d", size, length);
    }
    byte[] bytes = file.read(start, size);
    int offset = file.offset();
    FooterFeatures.check(bytes, offset, offset + size);
    var metadata =
        new ParquetMetadataConverter()
            .readParquetMetadata(new ByteArrayInputStream(bytes, offset, size));
    return of(metadata, start);
  }

  MessageType schema() {
    return schema;
  }

  String createdBy() {
    return createdBy;
  }

  List<BlockMetaData> rowGroups() {
    return rowGroups;
  }

  private static ParquetFooter of(ParquetMetadata metadata, long end) {
    var file = metadata.getFileMetaData();
    var schema = file.getSchema();
    var columns = schema.getColumns();
    int rowGroup = 0;
    for (var block : metadata.getBlocks()) {
      if (block.getRowCount() < 0 || block.getRowCount() > MOST_ROWS) {
        throw new DamagedFileException("row group %d of %d rows", rowGroup, block.getRowCount());
      }
      if (block.getColumns().size() != columns.size()) {
        throw new DamagedFileException(
            "row group %d of %d columns where the schema has %d",
            rowGroup, block.getColumns().size(), columns.size());
      }
      for (int i = 0; i < columns.size(); i++) {
        check(block.getColumns().get(i), columns.get(i), rowGroup, end);
      }
      rowGroup++;
    }
    return new ParquetFooter(schema, file.getCreatedBy(), metadata.getBlocks());
  }

  private static void check(
      ColumnChunkMetaData chunk, ColumnDescriptor column, int rowGroup, long end) {
    if (!Arrays.equals(chunk.getPath().toArray(), column.getPath())) {
      throw new DamagedFileException(
          "row group %d has column %s where the schema has %s",
          rowGroup, chunk.getPath(), String.join(".", column.getPath()));
    }
    if (chunk.isEncrypted()) {
      throw new DamagedFileException(
          "column %s is encrypted, which is not supported", chunk.getPath().toDotString());
    }
    long start = chunk.getStartingPos();
    long size = chunk.getTotalSize();
    if (chunk.getPrimitiveType().getPrimitiveTypeName()
            != column.getPrimitiveType().getPrimitiveTypeName()
        || start < MAGIC.length
        || size < 0
        || size > end - start
        || size > MOST_ROWS
        || chunk.getTotalUncompressedSize() < 0
        || chunk.getValueCount() < 0) {
      throw new DamagedFileException(
          "column %s, row group %d: %d values of type %s at byte %d, %d bytes long, in %d bytes",
          chunk.getPath(), rowGroup, chunk.getValueCount(), chunk.getType(), start, size, end);
    }
  }

  private static boolean matches(byte[] bytes, int offset, byte[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (bytes[offset + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
