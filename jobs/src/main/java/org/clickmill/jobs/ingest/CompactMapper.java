package org.clickmill.jobs.ingest;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.read.InputFile;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.TaskFailures;

/** Turns the events of hours into keys. */
final class CompactMapper extends Mapper<NullWritable, Text, BytesWritable, NullWritable> {

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(context, () -> read(context));
  }

  private static void read(Context context) throws IOException, InterruptedException {
    var configuration = context.getConfiguration();
    var files = new StagedFiles(context);
    var key = new EventKey();
    var output = new BytesWritable();
    var event = new Event();
    while (context.nextKeyValue()) {
      var file = BundleInputFormat.describe(context.getCurrentValue(), InputFile.class);
      var fileSystem = new Path(file.path()).getFileSystem(configuration);
      long read = 0;
      try (var reader = EventFileReader.open(fileSystem, file, configuration)) {
        for (var next = reader.next(event); next != null; next = reader.next(event)) {
          key.encode(next);
          output.set(key.bytes(), 0, key.length());
          context.write(output, NullWritable.get());
          read++;
        }
      }
      files.count(IngestCounter.RECORDS_READ, read);
      context.progress();
    }
    files.report();
  }
}
