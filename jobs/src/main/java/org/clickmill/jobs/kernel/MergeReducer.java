package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.Reducer;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.write.ParquetTableWriter;
import org.clickmill.formats.write.Row;
import org.clickmill.jobs.kernel.Targets.Target;

/** Merges the partials of each key into rows, partition after partition. */
public final class MergeReducer extends Reducer<BytesWritable, BytesWritable, Object, Object> {

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(
        context,
        () -> {
          try (var output = new PartitionOutput(context)) {
            while (context.nextKey()) {
              output.merge(context.getCurrentKey(), context.getValues().iterator());
            }
            output.finish();
          }
        });
  }

  /** The one partition that is being written. */
  private static final class PartitionOutput implements RowSink, MergeContext, AutoCloseable {
    private final Context context;
    private final List<Target> targets;
    private final StagedFiles files;
    private final Partials partials = new Partials();
    private final ByteReader key = new ByteReader();

    private int tableIndex = -1;
    private LocalDate start;
    private Partition partition;
    private Merge merge;
    private Row row;
    private ParquetTableWriter writer;
    private boolean complete;
    private long rowsWritten;

    private PartitionOutput(Context context) throws IOException, InterruptedException {
      this.context = context;
      targets = Targets.read(context.getConfiguration()).list();
      files = new StagedFiles(context);
    }

    private void merge(BytesWritable shuffleKey, Iterator<BytesWritable> values)
        throws IOException {
      int index = ShuffleKey.table(shuffleKey);
      var keyStart = ShuffleKey.start(shuffleKey);
      if (index != tableIndex || !keyStart.equals(start)) {
        endPartition();
        beginPartition(index, keyStart);
      }
      partials.reset(values);
      key.reset(
          shuffleKey.getBytes(), ShuffleKey.PREFIX, shuffleKey.getLength() - ShuffleKey.PREFIX);
      merge.merge(key, partials, this);
    }

    private void beginPartition(int index, LocalDate keyStart) throws IOException {
      var target = targets.get(index);
      var configuration = context.getConfiguration();
      if (index != tableIndex) {
        tableIndex = index;
        row = new Row(target.table().schema());
        merge = target.analysis().merge(target.table(), this, configuration);
      }
      start = keyStart;
      complete = target.starts().get(keyStart);
      partition = target.table().partition(keyStart);
      var path = files.newFile(partition, ".parquet");
      writer =
          ParquetTableWriter.open(
              path.getFileSystem(configuration), path, target.table().schema(), configuration);
    }

    private void endPartition() throws IOException {
      if (writer != null) {
        files.add(partition, writer.finish());
        writer = null;
        context.progress();
      }
    }

    @Override
    public LocalDate start() {
      return start;
    }

    @Override
    public boolean isComplete() {
      return complete;
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
    }

    private void finish() throws IOException {
      endPartition();
      files.report();
      context.getCounter(FoldCounter.PARTIAL_EVENTS_MERGED).increment(partials.events());
      context.getCounter(FoldCounter.ROWS_WRITTEN).increment(rowsWritten);
    }

    @Override
    public void close() throws IOException {
      if (writer != null) {
        writer.close();
      }
    }
  }
}
