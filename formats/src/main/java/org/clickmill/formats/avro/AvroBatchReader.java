package org.clickmill.formats.avro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.fs.SizeLimit;
import org.clickmill.formats.table.BatchReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.ColumnDecoder;
import org.clickmill.formats.table.ColumnDecoders;
import org.clickmill.formats.table.DoubleColumn;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.LongColumn;
import org.clickmill.formats.table.ProjectedColumn;
import org.clickmill.formats.table.ReadSettings;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.warehouse.Partition;

/**
 * Reads an Avro file, some thousand rows a batch. Fields that the table does not have are skipped,
 * columns that the file does not have are filled with the schema's defaults.
 */
public final class AvroBatchReader implements BatchReader, ColumnBatch {
  private final InputFile file;
  private final BatchRequest request;
  private final FileBytes bytes;
  private final AvroBlocks blocks;
  private final AvroDecoder input;
  private AvroField[] fields = {};
  private final List<AvroColumn> filled = new ArrayList<>();
  private final Map<String, ColumnDecoder> columns = new HashMap<>();
  private final List<ProjectedColumn> absent = new ArrayList<>();
  private final int batchRows;
  private int capacity;
  private long blockRows;
  private int rows;

  private AvroBatchReader(
      InputFile file, BatchRequest request, FileBytes bytes, AvroBlocks blocks, int batchRows) {
    this.file = file;
    this.request = request;
    this.bytes = bytes;
    this.blocks = blocks;
    this.input = blocks.decoder();
    this.batchRows = batchRows;
  }

  public static AvroBatchReader open(
      FileSystem fileSystem,
      InputFile file,
      long start,
      long end,
      BatchRequest request,
      Configuration configuration)
      throws IOException {
    var bytes = FileBytes.open(fileSystem, new Path(file.path()), file.bytes());
    try {
      long last = end < 0 || end >= bytes.length() ? Long.MAX_VALUE : end;
      var blocks = AvroBlocks.open(bytes, start, last, SizeLimit.ofMemory());
      int batchRows = ReadSettings.AVRO_BATCH_ROWS.get(configuration);
      var reader = new AvroBatchReader(file, request, bytes, blocks, batchRows);
      reader.bind(blocks.schema());
      return reader;
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw failure(file, "", e);
    }
  }

  @Override
  public List<String> fileColumns() {
    return blocks.schema().getFields().stream().map(Schema.Field::name).toList();
  }

  @Override
  public boolean next() throws IOException {
    try {
      filled.forEach(column -> column.begin(capacity));
      rows = 0;
      while (rows < batchRows && nextBlock()) {
        int more = (int) Math.min(batchRows - rows, blockRows);
        makeRoom(rows + more);
        for (int row = rows; row < rows + more; row++) {
          for (int field = 0; field < fields.length; field++) {
            fields[field].read(input, row);
          }
        }
        rows += more;
        blockRows -= more;
      }
    } catch (IOException | RuntimeException e) {
      throw failure(file, "near byte " + blocks.position() + ": ", e);
    }
    filled.forEach(AvroColumn::finish);
    absent.forEach(wanted -> columns.get(wanted.name()).fill(rows, wanted.absent()));
    return rows > 0;
  }

  /** Room grows with the file, as most hours are much smaller than a batch may be. */
  private void makeRoom(int needed) {
    if (needed > capacity) {
      capacity = (int) Math.min(batchRows, Math.max(needed, 2L * capacity));
      filled.forEach(column -> column.grow(capacity));
    }
  }

  /** Makes sure that the block has rows left. */
  private boolean nextBlock() throws IOException {
    while (blockRows == 0) {
      if (!blocks.next()) {
        return false;
      }
      blockRows = blocks.rows();
    }
    return true;
  }

  @Override
  public ColumnBatch batch() {
    return this;
  }

  @Override
  public long rowsSkipped() {
    return 0;
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
    decoded(column);
    return absent.stream().noneMatch(wanted -> wanted.name().equals(column));
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
    bytes.close();
  }

  private ColumnDecoder decoded(String column) {
    var decoder = columns.get(column);
    if (decoder == null) {
      throw new IllegalArgumentException(
          "Invalid column: " + column + " (asked for are " + request.columns() + ")");
    }
    return decoder;
  }

  private void bind(Schema schema) {
    if (schema.getType() != Schema.Type.RECORD || schema.getFields().isEmpty()) {
      throw new DamagedFileException("it holds no records but %s", schema.getType());
    }
    Map<String, ProjectedColumn> wanted = new HashMap<>();
    request.wantedColumns().forEach(column -> wanted.put(column.name(), column));
    fields =
        schema.getFields().stream()
            .map(field -> new AvroField(field.schema(), wanted.remove(field.name())))
            .toArray(AvroField[]::new);
    for (var field : fields) {
      if (field.wanted() != null) {
        var column = new AvroColumn(field.wanted());
        field.bind(column);
        filled.add(column);
        columns.put(field.wanted().name(), column.decoder());
      }
    }
    for (var missing : wanted.values()) {
      columns.put(missing.name(), ColumnDecoders.absent(fileColumns(), missing));
      absent.add(missing);
    }
  }

  static ClickmillException failure(InputFile file, String place, Exception e) {
    if (e instanceof ClickmillException known) {
      return known;
    }
    return ClickmillException.failed(
        "Cannot read %s: %s%s", file.path(), place, Damage.describe(e), e);
  }
}
