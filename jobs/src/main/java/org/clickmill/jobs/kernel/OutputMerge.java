package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.clickmill.formats.table.Row;
import org.clickmill.jobs.kernel.ScanPlan.OutputTable;
import org.clickmill.jobs.kernel.ScanPlan.Part;

/**
 * Merges the partials of output partitions into rows, one output partition after another, in
 * whatever task they meet: {@link #begin} an output partition, {@link #merge} its keys in order,
 * {@link #end} it.
 */
final class OutputMerge implements RowSink, MergeContext, AutoCloseable {
  private final TaskInputOutputContext<?, ?, ?, ?> context;
  private final ScanPlan plan;
  private final StagedFiles staged;
  private final List<OutputTable> tables;
  private final PartitionFiles files;
  private final PartitionFiles others;
  private final RowBuffers buffers;
  private final PartialAggregates partials = new PartialAggregates();

  private int tableIndex = -1;
  private LocalDate start;
  private Part part;
  private Table table;
  private Merge merge;
  private RowSink sink;

  OutputMerge(TaskInputOutputContext<?, ?, ?, ?> context, ScanPlan plan, StagedFiles staged) {
    this.context = context;
    this.plan = plan;
    this.staged = staged;
    tables = plan.tables();
    var configuration = context.getConfiguration();
    // The rows of the table's partition itself, and rows of any other.
    files = new PartitionFiles(staged, configuration);
    others = new PartitionFiles(staged, configuration);
    buffers = new RowBuffers(others, KernelSettings.foldMemoryBytes(configuration));
  }

  /**
   * Begins an output partition.
   *
   * @param index the table's place in {@link ScanPlan#tables()}
   */
  void begin(int index, LocalDate outputStart) {
    start = outputStart;
    if (index != tableIndex) {
      tableIndex = index;
      part = tables.get(index).part();
      table = tables.get(index).table();
      merge = part.analysis().merge(table, this, context.getConfiguration());
    }
  }

  /** Merges the partials of one key; keys come in unsigned byte order. */
  void merge(ByteReader key, PartialAggregates.Source values) throws IOException {
    partials.reset(values);
    merge.merge(key, partials, this);
  }

  /** Ends the output partition that was begun last. */
  void end() throws IOException {
    merge.end(this);
    files.finish();
    sink = null;
    context.progress();
  }

  /** Writes what still waits, and counts. */
  void finish() throws IOException {
    buffers.flush();
    staged.count(FoldCounter.PARTIAL_EVENTS_MERGED, partials.events());
    staged.count(FoldCounter.PARTIALS_MERGED, partials.count());
    staged.count(FoldCounter.ROWS_WRITTEN, files.rowsWritten() + others.rowsWritten());
  }

  @Override
  public void close() throws IOException {
    try (others) {
      files.close();
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
    return buffers.rows(wantedTable(dataset, day), day);
  }

  @Override
  public RowSink nextPartition(String dataset, LocalDate day) throws IOException {
    files.finish();
    return files.rows(wantedTable(dataset, day), day);
  }

  private Table wantedTable(String dataset, LocalDate day) {
    if (!part.wants(dataset, day)) {
      throw new IllegalArgumentException("Not to be written: " + dataset + " of " + day);
    }
    return part.table(dataset);
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
}
