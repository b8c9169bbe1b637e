package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.Reducer;
import org.clickmill.formats.write.Row;
import org.clickmill.jobs.kernel.ScanPlan.Part;
import org.clickmill.jobs.kernel.ScanPlan.RoutedTable;

/** Merges the partials of each key into rows, route after route. */
public final class MergeReducer extends Reducer<BytesWritable, BytesWritable, Object, Object> {

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(
        context,
        () -> {
          var staged = new StagedFiles(context);
          var configuration = context.getConfiguration();
          try (var files = new PartitionFiles(staged, configuration);
              var others = new PartitionFiles(staged, configuration)) {
            var output = new RouteOutput(context, files, others);
            while (context.nextKey()) {
              output.merge(context.getCurrentKey(), context.getValues().iterator());
            }
            output.finish();
            staged.report();
          }
        });
  }

  /** The one route that is being merged. */
  private static final class RouteOutput implements RowSink, MergeContext {
    private final Context context;
    private final ScanPlan plan;
    private final List<RoutedTable> tables;
    private final PartitionFiles files;
    private final PartitionFiles others;
    private final RowBuffers buffers;
    private final Partials partials = new Partials();
    private final ByteReader key = new ByteReader();

    private int tableIndex = -1;
    private LocalDate start;
    private Part part;
    private Table table;
    private Merge merge;
    private RowSink sink;

    /**
     * @param files for the rows of the route's own partition
     * @param others for rows of any partition
     */
    private RouteOutput(Context context, PartitionFiles files, PartitionFiles others)
        throws IOException {
      this.context = context;
      this.files = files;
      this.others = others;
      var configuration = context.getConfiguration();
      plan = ScanPlan.read(configuration);
      tables = plan.tables();
      long budgetBytes = KernelSettings.FOLD_MEMORY_MB.get(configuration) * (1L << 20);
      buffers = new RowBuffers(others, budgetBytes);
    }

    private void merge(BytesWritable shuffleKey, Iterator<BytesWritable> values)
        throws IOException {
      int index = ShuffleKey.table(shuffleKey);
      var keyStart = ShuffleKey.start(shuffleKey);
      if (index != tableIndex || !keyStart.equals(start)) {
        endRoute();
        beginRoute(index, keyStart);
      }
      partials.reset(values);
      key.reset(
          shuffleKey.getBytes(), ShuffleKey.PREFIX, shuffleKey.getLength() - ShuffleKey.PREFIX);
      merge.merge(key, partials, this);
    }

    private void beginRoute(int index, LocalDate keyStart) {
      start = keyStart;
      if (index != tableIndex) {
        tableIndex = index;
        part = tables.get(index).part();
        table = tables.get(index).table();
        merge = part.analysis().merge(table, this, context.getConfiguration());
      }
    }

    private void endRoute() throws IOException {
      if (merge != null) {
        merge.end(this);
        files.finish();
        sink = null;
        context.progress();
      }
    }

    @Override
    public LocalDate start() {
      return start;
    }

    @Override
    public boolean isComplete() {
      return part.isComplete(table.dataset(), start);
    }

    @Override
    public LocalDate firstDay() {
      return plan.firstDay();
    }

    @Override
    public Set<LocalDate> scanned(String dataset) {
      return part.scanned(dataset);
    }

    @Override
    public boolean wants(String dataset, LocalDate day) {
      return part.wants(dataset, day);
    }

    @Override
    public RowSink rows(String dataset, LocalDate day) {
      if (!part.wants(dataset, day)) {
        throw new IllegalArgumentException("Not to be written: " + dataset + " of " + day);
      }
      return buffers.rows(part.table(dataset), day);
    }

    @Override
    public Row row() throws IOException {
      if (sink == null) {
        sink = files.rows(table, start);
      }
      return sink.row();
    }

    @Override
    public void write() throws IOException {
      sink.write();
    }

    private void finish() throws IOException {
      endRoute();
      buffers.flush();
      context.getCounter(FoldCounter.PARTIAL_EVENTS_MERGED).increment(partials.events());
      context
          .getCounter(FoldCounter.ROWS_WRITTEN)
          .increment(files.rowsWritten() + others.rowsWritten());
    }
  }
}
