package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.warehouse.Partition;

/** The open files of a task, at most one for each partition that it is writing rows of. */
final class PartitionFiles implements AutoCloseable {
  private final StagedFiles staged;
  private final Configuration configuration;
  private final Map<Partition, OpenFile> open = new LinkedHashMap<>();
  private long rowsWritten;

  PartitionFiles(StagedFiles staged, Configuration configuration) {
    this.staged = staged;
    this.configuration = configuration;
  }

  /** A file that is being written. */
  private final class OpenFile implements RowSink {
    private final Row row;
    private final ParquetTableWriter writer;
    private final int[] counted;
    private final long[] counts;

    private OpenFile(Table table, Partition partition) throws IOException {
      row = new Row(table.schema());
      counted = table.schema().counted();
      counts = new long[counted.length];
      var path = staged.newFile(partition, ".parquet");
      var fileSystem = path.getFileSystem(configuration);
      writer = ParquetTableWriter.open(fileSystem, path, table.schema(), configuration);
    }

    @Override
    public Row row() {
      row.clear();
      return row;
    }

    @Override
    public void write() throws IOException {
      writer.write(row);
      rowsWritten++;
      for (int i = 0; i < counted.length; i++) {
        if (!row.isNull(counted[i]) && row.booleanValue(counted[i])) {
          counts[i]++;
        }
      }
    }

    /** Adds the file to those that are staged, with the counts that the schema asks for. */
    private void finish(Partition partition) throws IOException {
      var sums = new TreeMap<String, Long>();
      for (int i = 0; i < counted.length; i++) {
        if (counts[i] > 0) {
          var name = row.schema().columns().get(counted[i]).name();
          sums.put(name, counts[i]);
          staged.count(partition.dataset() + '.' + name, counts[i]);
        }
      }
      staged.add(partition, writer.finish(), sums, new TreeMap<>());
    }
  }

  /** Takes rows of a partition, in a file that is opened for the first of them. */
  RowSink rows(Table table, LocalDate start) throws IOException {
    var partition = table.partition(start);
    var file = open.get(partition);
    if (file == null) {
      file = new OpenFile(table, partition);
      open.put(partition, file);
    }
    return file;
  }

  /** Finishes the open files. */
  void finish() throws IOException {
    for (var file : open.entrySet()) {
      file.getValue().finish(file.getKey());
    }
    open.clear();
  }

  long rowsWritten() {
    return rowsWritten;
  }

  /** Gives up what is not finished. */
  @Override
  public void close() throws IOException {
    var writers = open.values().stream().map(file -> file.writer).toList();
    open.clear();
    AllClosed.close(writers);
  }
}
