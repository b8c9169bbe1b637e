package org.clickmill.jobs.kernel;

import java.io.IOException;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/**
 * The output format of jobs that write {@link StagedFiles}: it commits tasks by a {@link
 * StagedCommitter} and takes no records itself.
 */
public final class StagedOutputFormat extends FileOutputFormat<Object, Object> {
  private OutputCommitter committer;

  /** Nothing to check: the staging folder belongs to this run alone, and holds the job's input. */
  @Override
  public void checkOutputSpecs(JobContext job) {}

  @Override
  public synchronized OutputCommitter getOutputCommitter(TaskAttemptContext context)
      throws IOException {
    if (committer == null) {
      committer = new StagedCommitter(getOutputPath(context), context);
    }
    return committer;
  }

  @Override
  public RecordWriter<Object, Object> getRecordWriter(TaskAttemptContext context) {
    return new RecordWriter<>() {
      @Override
      public void write(Object key, Object value) {
        throw new IllegalStateException("Cannot write records: this job writes staged files");
      }

      @Override
      public void close(TaskAttemptContext context) {}
    };
  }
}
