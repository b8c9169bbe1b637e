package org.clickmill.formats.read;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.clickmill.formats.parquet.ReadBuffers;
import org.clickmill.formats.table.BatchReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.ColumnBatch;

/** Reads the batches of a split, file after file. */
final class BatchRecordReader extends RecordReader<NullWritable, ColumnBatch> {
  private TaskAttemptContext context;
  private Configuration configuration;
  private Map<String, BatchRequest> requests = Map.of();
  private List<FileRange> ranges = List.of();
  private ReadBuffers buffers;
  private int opened;
  private BatchReader reader;

  @Override
  public void initialize(InputSplit split, TaskAttemptContext taskContext) {
    context = taskContext;
    configuration = taskContext.getConfiguration();
    requests = BatchInput.requests(configuration);
    ranges = ((BatchSplit) split).ranges();
    buffers = new ReadBuffers(configuration);
  }

  @Override
  public boolean nextKeyValue() throws IOException {
    while (true) {
      if (reader != null) {
        if (reader.next()) {
          context.getCounter(ReadCounter.ROWS_READ).increment(reader.batch().size());
          return true;
        }
        context.getCounter(ReadCounter.ROWS_SKIPPED).increment(reader.rowsSkipped());
        closeReader();
      }
      if (opened == ranges.size()) {
        return false;
      }
      var range = ranges.get(opened++);
      var fileSystem = new Path(range.file().path()).getFileSystem(configuration);
      reader =
          BatchFiles.open(
              fileSystem,
              range,
              requests.get(range.file().partition().dataset()),
              configuration,
              buffers);
    }
  }

  @Override
  public NullWritable getCurrentKey() {
    return NullWritable.get();
  }

  @Override
  public ColumnBatch getCurrentValue() {
    return reader.batch();
  }

  @Override
  public float getProgress() {
    return ranges.isEmpty() ? 1 : (float) (opened - (reader == null ? 0 : 1)) / ranges.size();
  }

  @Override
  public void close() throws IOException {
    closeReader();
    if (buffers != null) {
      buffers.close();
    }
  }

  private void closeReader() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
