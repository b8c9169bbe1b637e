package org.clickmill.formats.parquet;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.table.BatchReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.ColumnDecoder;
import org.clickmill.formats.table.ColumnDecoders;
import org.clickmill.formats.table.DoubleColumn;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.LongColumn;
import org.clickmill.formats.table.ProjectedColumn;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.warehouse.Partition;

/** Reads a Parquet file: a batch is a row group, a column's bytes are read when it is asked for. */
public final class ParquetBatchReader implements BatchReader, ColumnBatch {
  private static final int NONE = -1;

  private final InputFile file;
  private final BatchRequest request;
  private final FileBytes bytes;
  private final ParquetFooter footer;
  private final ReadBuffers buffers;
  private final boolean ownsBuffers;
  private final RowGroupFilter filter;
  private final Map<String, Slot> slots = new HashMap<>();
  private final long start;
  private final long end;
  private int rowGroup = NONE;
  private int rows;
  private long rowsSkipped;

  private ParquetBatchReader(
      InputFile file,
      BatchRequest request,
      FileBytes bytes,
      ParquetFooter footer,
      ReadBuffers buffers,
      boolean ownsBuffers,
      long start,
      long end) {
    this.file = file;
    this.request = request;
    this.bytes = bytes;
    this.footer = footer;
    this.buffers = buffers;
    this.ownsBuffers = ownsBuffers;
    this.filter = new RowGroupFilter(footer.schema(), request);
    this.start = start;
    this.end = end;
  }

  /** Opens a file with buffers of its own. */
  public static ParquetBatchReader open(
      FileSystem fileSystem,
      InputFile file,
      long start,
      long end,
      BatchRequest request,
      Configuration configuration)
      throws IOException {
    var buffers = new ReadBuffers(configuration);
    return open(fileSystem, file, start, end, request, buffers, true);
  }

  /** Opens a file whose batches lie in buffers that other files lie in before and after it. */
  public static ParquetBatchReader open(
      FileSystem fileSystem,
      InputFile file,
      long start,
      long end,
      BatchRequest request,
      ReadBuffers buffers)
      throws IOException {
    return open(fileSystem, file, start, end, request, buffers, false);
  }

  private static ParquetBatchReader open(
      FileSystem fileSystem,
      InputFile file,
      long start,
      long end,
      BatchRequest request,
      ReadBuffers buffers,
      boolean ownsBuffers)
      throws IOException {
    var bytes = FileBytes.open(fileSystem, new Path(file.path()), file.bytes(), buffers.chunk());
    try {
      var footer = ParquetFooter.read(bytes);
      long last = end < 0 || end >= bytes.length() ? Long.MAX_VALUE : end;
      var reader =
          new ParquetBatchReader(file, request, bytes, footer, buffers, ownsBuffers, start, last);
      for (var wanted : request.wantedColumns()) {
        reader.slots.put(wanted.name(), reader.slot(wanted));
      }
      return reader;
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw failure(file, "", e);
    }
  }

  @Override
  public List<String> fileColumns() {
    return names(footer);
  }

  @Override
  public boolean next() throws IOException {
    var groups = footer.rowGroups();
    while (++rowGroup < groups.size()) {
      var group = groups.get(rowGroup);
      if (!footer.isInRange(rowGroup, start, end) || group.getRowCount() == 0) {
        continue;
      }
      rows = (int) group.getRowCount();
      if (isWanted(group)) {
        return true;
      }
      rowsSkipped += rows;
    }
    rows = 0;
    return false;
  }

  @Override
  public ColumnBatch batch() {
    return this;
  }

  @Override
  public long rowsSkipped() {
    return rowsSkipped;
  }

  @Override
  public Partition partition() {
    return file.partition();
  }

  @Override
  public int size() {
    return rows;
  }

  @Override
  public boolean isInFile(String column) {
    var slot = slots.get(column);
    if (slot == null) {
      throw new IllegalArgumentException("Invalid column: " + column);
    }
    return slot.column != null;
  }

  @Override
  public StringColumn strings(String column) {
    return decoded(column).strings();
  }

  @Override
  public LongColumn longs(String column) {
    return decoded(column).longs();
  }

  @Override
  public DoubleColumn doubles(String column) {
    return decoded(column).doubles();
  }

  @Override
  public void close() throws IOException {
    if (ownsBuffers) {
      buffers.close();
    }
    bytes.close();
  }

  private boolean isWanted(BlockMetaData group) {
    try {
      if (!filter.mayHaveWantedTimes(group) || !filter.mayHaveWantedTypes(group)) {
        return false;
      }
    } catch (RuntimeException e) {
      throw failure(file, "row group " + rowGroup + ": ", e);
    }
    return !request.columns().contains(BatchRequest.EVENT_TYPE)
        || filter.hasWantedType(strings(BatchRequest.EVENT_TYPE));
  }

  private ColumnDecoder decoded(String column) {
    var slot = slots.get(column);
    if (slot == null) {
      throw new IllegalArgumentException(
          "Invalid column: " + column + " (asked for are " + request.columns() + ")");
    }
    if (slot.decodedRowGroup != rowGroup) {
      decode(slot);
      slot.decodedRowGroup = rowGroup;
    }
    return slot.decoder;
  }

  private void decode(Slot slot) {
    if (slot.column == null) {
      slot.decoder.fill(rows, slot.wanted.absent());
      return;
    }
    try {
      var chunk = footer.chunk(rowGroup, slot.column.index());
      slot.column.decode(bytes, buffers.pages(), chunk, rows, footer.createdBy());
    } catch (IOException | RuntimeException e) {
      var place = "column " + slot.wanted.name() + ", row group " + rowGroup + ": ";
      throw failure(file, place, e);
    }
  }

  private Slot slot(ProjectedColumn wanted) {
    if (!footer.schema().containsField(wanted.name())) {
      return new Slot(wanted, null, ColumnDecoders.absent(names(footer), wanted));
    }
    var type = ColumnDecoders.primitive(footer.schema(), wanted);
    var columns = footer.schema().getColumns();
    for (int i = 0; i < columns.size(); i++) {
      var path = columns.get(i).getPath();
      if (path.length == 1 && path[0].equals(wanted.name())) {
        var descriptor = columns.get(i);
        int index = i;
        var column =
            buffers.column(
                wanted,
                type,
                index,
                () ->
                    new ParquetColumn(wanted, descriptor, index, ColumnDecoders.of(type, wanted)));
        return new Slot(wanted, column, column.decoder());
      }
    }
    throw new DamagedFileException("column %s is nested in the file", wanted.name());
  }

  private static List<String> names(ParquetFooter footer) {
    return footer.schema().getFields().stream().map(field -> field.getName()).toList();
  }

  /** The one place where whatever goes wrong in a damaged file becomes an error for the user. */
  private static ClickmillException failure(InputFile file, String place, Exception e) {
    if (e instanceof ClickmillException known) {
      return known;
    }
    return ClickmillException.failed(
        "Cannot read %s: %s%s", file.path(), place, Damage.describe(e), e);
  }

  /** A column that was asked for. */
  private static final class Slot {
    private final ProjectedColumn wanted;
    private final ParquetColumn column;
    private final ColumnDecoder decoder;
    private int decodedRowGroup = NONE;

    /** Without a column, the file does not have it. */
    Slot(ProjectedColumn wanted, ParquetColumn column, ColumnDecoder decoder) {
      this.wanted = wanted;
      this.column = column;
      this.decoder = decoder;
    }
  }
}
