package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.warehouse.Partition;

/**
 * Rows of many partitions that come in no order. They wait in memory, packed, and are written one
 * partition after another when the budget is spent and at the end, so that one file is open at a
 * time.
 */
final class RowBuffers {
  private final PartitionFiles files;
  private final long budgetBytes;
  private final Map<Partition, Buffer> buffers = new TreeMap<>();
  private long bytes;

  RowBuffers(PartitionFiles files, long budgetBytes) {
    this.files = files;
    this.budgetBytes = budgetBytes;
  }

  /** The rows of one partition. */
  private final class Buffer implements RowSink {
    private final Table table;
    private final LocalDate start;
    private final Row row;
    private ByteWriter packed = new ByteWriter();
    private long rows;

    private Buffer(Table table, LocalDate start) {
      this.table = table;
      this.start = start;
      this.row = new Row(table.schema());
    }

    @Override
    public Row row() {
      row.clear();
      return row;
    }

    @Override
    public void write() throws IOException {
      int before = packed.length();
      PackedRow.write(row, packed);
      rows++;
      bytes += packed.length() - before;
      if (bytes > budgetBytes || packed.length() > Integer.MAX_VALUE / 4) {
        RowBuffers.this.flush();
      }
    }

    private void flush() throws IOException {
      if (rows == 0) {
        return;
      }
      var sink = files.rows(table, start);
      var reader = new ByteReader().reset(packed.bytes(), 0, packed.length());
      for (; rows > 0; rows--) {
        PackedRow.read(reader, sink.row());
        sink.write();
      }
      files.finish();
      packed = new ByteWriter();
    }
  }

  RowSink rows(Table table, LocalDate start) {
    return buffers.computeIfAbsent(table.partition(start), partition -> new Buffer(table, start));
  }

  /** Writes all that waits. */
  void flush() throws IOException {
    for (var buffer : buffers.values()) {
      buffer.flush();
    }
    bytes = 0;
  }
}
