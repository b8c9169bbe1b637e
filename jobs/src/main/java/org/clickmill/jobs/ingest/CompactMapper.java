package org.clickmill.jobs.ingest;

import java.io.IOException;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.TaskFailures;

/** Turns the events of hours into keys that sort them by day and visitor. */
final class CompactMapper extends Mapper<NullWritable, Text, BytesWritable, NullWritable> {
  private final ClusterKey key = new ClusterKey();
  private final BytesWritable output = new BytesWritable();
  private StagedFiles files;

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(context, () -> super.run(context));
  }

  @Override
  protected void setup(Context context) {
    files = new StagedFiles(context);
  }

  @Override
  protected void map(NullWritable none, Text description, Context context)
      throws IOException, InterruptedException {
    var input = BundleInputFormat.describe(description, CompactInput.class);
    long read = 0;
    try (var events = new HourReader(input.file(), input.span(), context.getConfiguration())) {
      while (events.next()) {
        events.encode(key);
        if (input.isDropped()) {
          key.drop();
        } else {
          read++;
        }
        output.set(key.bytes(), 0, key.length());
        context.write(output, NullWritable.get());
      }
    }
    files.count(IngestCounter.RECORDS_READ, read);
    context.progress();
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    files.report();
  }
}
