package org.clickmill.formats.parquet;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Reject;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.WrittenFile;

/** Writes rejected records to one Parquet file. */
public final class RejectWriter implements Closeable {
  /** The columns of {@code rejects}. */
  public static final TableSchema SCHEMA = TableSchema.of(Reject.getClassSchema());

  private static final int REASON = SCHEMA.ordinal("reason");
  private static final int SOURCE_NAME = SCHEMA.ordinal("source_name");
  private static final int SOURCE_PARTITION = SCHEMA.ordinal("source_partition");
  private static final int SOURCE_OFFSET = SCHEMA.ordinal("source_offset");
  private static final int RAW = SCHEMA.ordinal("raw");

  private final ParquetTableWriter writer;
  private final Row row = new Row(SCHEMA);

  private RejectWriter(ParquetTableWriter writer) {
    this.writer = writer;
  }

  /** Creates a file; it must not exist yet, its folder may be missing. */
  public static RejectWriter open(FileSystem fileSystem, Path path, Configuration configuration)
      throws IOException {
    return new RejectWriter(ParquetTableWriter.open(fileSystem, path, SCHEMA, configuration));
  }

  public void write(Reject reject) throws IOException {
    EventRows.setText(row, REASON, reject.getReason());
    EventRows.setText(row, SOURCE_NAME, reject.getSourceName());
    var partition = reject.getSourcePartition();
    EventRows.setLong(row, SOURCE_PARTITION, partition == null ? null : (long) partition);
    EventRows.setLong(row, SOURCE_OFFSET, reject.getSourceOffset());
    var raw = reject.getRaw();
    if (raw == null) {
      row.setNull(RAW);
    } else {
      byte[] bytes = new byte[raw.remaining()];
      raw.duplicate().get(bytes);
      row.setText(RAW, bytes, 0, bytes.length);
    }
    writer.write(row);
  }

  /** Completes the file. No more rejects can be written. */
  public WrittenFile finish() throws IOException {
    return writer.finish();
  }

  /** Deletes the file, unless it is finished. */
  @Override
  public void close() throws IOException {
    writer.close();
  }
}
