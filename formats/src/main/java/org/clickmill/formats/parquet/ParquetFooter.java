package org.clickmill.formats.parquet;

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
import org.clickmill.formats.failure.UnsupportedFileException;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.fs.LittleEndian;
import org.clickmill.formats.fs.SizeLimit;

/** What a Parquet file says about itself, checked against the file's length and against itself. */
public final class ParquetFooter {
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

  /**
   * Reads the footer of a file.
   *
   * @throws DamagedFileException if it cannot be right
   * @throws UnsupportedFileException if the file is encrypted, or parquet-java does not know an
   *     encoding or compression of it
   */
  public static ParquetFooter read(FileBytes file) throws IOException {
    long length = file.length();
    if (length < MAGIC.length + TAIL) {
      throw new DamagedFileException("%d bytes are too few for a Parquet file", length);
    }
    byte[] tail = file.read(length - TAIL, TAIL);
    int end = file.offset() + Integer.BYTES;
    if (matches(tail, end, MAGIC_ENCRYPTED)) {
      throw new UnsupportedFileException("its footer is encrypted");
    }
    if (!matches(tail, end, MAGIC)) {
      throw new DamagedFileException(
          "not a Parquet file, or cut off: it does not end as a Parquet file does");
    }
    int size = LittleEndian.intAt(tail, file.offset());
    long start = length - TAIL - size;
    if (size <= 0 || start < MAGIC.length) {
      throw new DamagedFileException("a footer of %d bytes in a file of %d", size, length);
    }
    SizeLimit.ofMemory().check("a footer", size);
    byte[] bytes = file.read(start, size);
    int offset = file.offset();
    // Looks at each size in the footer, which parquet-java's reader of it would believe.
    FooterFeatures.check(bytes, offset, offset + size);
    var metadata =
        new ParquetMetadataConverter()
            .readParquetMetadata(new ByteArrayInputStream(bytes, offset, size));
    return of(metadata, start);
  }

  public MessageType schema() {
    return schema;
  }

  /** Which program wrote the file, or null. */
  public String createdBy() {
    return createdBy;
  }

  public List<BlockMetaData> rowGroups() {
    return rowGroups;
  }

  /**
   * A column chunk.
   *
   * @param column where the column stands in the columns of the schema
   * @throws UnsupportedFileException if it is encrypted
   */
  public ColumnChunkMetaData chunk(int rowGroup, int column) {
    var chunk = rowGroups.get(rowGroup).getColumns().get(column);
    if (chunk.isEncrypted()) {
      throw new UnsupportedFileException("it is encrypted");
    }
    return chunk;
  }

  /**
   * Whether a row group belongs to a range of the file's bytes: its middle byte lies there. Each
   * belongs to one of the ranges that a file is cut into.
   */
  public boolean isInRange(int rowGroup, long start, long end) {
    long first = Long.MAX_VALUE;
    long last = 0;
    for (var chunk : rowGroups.get(rowGroup).getColumns()) {
      if (!chunk.isEncrypted()) {
        first = Math.min(first, chunk.getStartingPos());
        last = Math.max(last, chunk.getStartingPos() + chunk.getTotalSize());
      }
    }
    long middle = last == 0 ? 0 : first + (last - first) / 2;
    return middle >= start && middle < end;
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
      return;
    }
    long start = chunk.getStartingPos();
    long size = chunk.getTotalSize();
    if (chunk.getPrimitiveType().getPrimitiveTypeName()
            != column.getPrimitiveType().getPrimitiveTypeName()
        || start < MAGIC.length
        || size < 0
        || size > end - start
        || chunk.getTotalUncompressedSize() < 0
        || chunk.getValueCount() < 0) {
      throw new DamagedFileException(
          "column %s, row group %d: %d values of type %s at byte %d, %d bytes long, in %d bytes",
          chunk.getPath(), rowGroup, chunk.getValueCount(), chunk.getType(), start, size, end);
    }
  }

  private static boolean matches(byte[] bytes, int offset, byte[] expected) {
    return Arrays.equals(bytes, offset, offset + expected.length, expected, 0, expected.length);
  }
}
