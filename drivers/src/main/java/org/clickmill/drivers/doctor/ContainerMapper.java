package org.clickmill.drivers.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;

/** Writes what a container is like, for whoever asked. Its only record says that it may begin. */
final class ContainerMapper extends Mapper<NullWritable, Text, NullWritable, NullWritable> {
  /** The file that is to be written. */
  static final String REPORT = "clickmill.internal.doctor-report";

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  protected void map(NullWritable key, Text ignored, Context context) throws IOException {
    var report = new Path(context.getConfiguration().get(REPORT));
    var fs = report.getFileSystem(context.getConfiguration());
    // Under its name once it is complete.
    var part = report.suffix(".part");
    try (var out = fs.create(part, false)) {
      out.write(JSON.writeValueAsBytes(ContainerReport.ofProcess()));
    }
    if (!fs.rename(part, report)) {
      throw new IOException("Cannot rename " + part + " to " + report);
    }
  }
}
