package org.clickmill.formats.read.streaming;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.FileInputFormat;
import org.apache.hadoop.mapred.FileSplit;
import org.apache.hadoop.mapred.InputSplit;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.RecordReader;
import org.apache.hadoop.mapred.Reporter;

/**
 * Gives each event as one JSON object; the key is the event's number in its split. Input paths are
 * files of {@code events} or {@code events_daily}, or folders above them. Every object has the
 * columns of the events table up to source_offset: event_time is an ISO 8601 text in UTC with
 * milliseconds, price a number, what has no value is null. The columns behind these (source_item,
 * currency, traffic_source, campaign, device, country, page_type, rating, review) are in an object
 * only where they have a value; source_item is missing where it is 0.
 *
 * <p>Streaming then hands its mapper the object alone, as it does with lines of text, unless {@code
 * stream.map.input.ignoreKey} says otherwise.
 */
public final class EventTextInputFormat extends FileInputFormat<LongWritable, Text> {
  private static final String IGNORE_KEY = "stream.map.input.ignoreKey";

  @Override
  public RecordReader<LongWritable, Text> getRecordReader(
      InputSplit split, JobConf job, Reporter reporter) throws IOException {
    job.setIfUnset(IGNORE_KEY, "true");
    var file = (FileSplit) split;
    reporter.setStatus(file.toString());
    return EventTextRecordReader.open(file, job);
  }

  @Override
  protected FileStatus[] listStatus(JobConf job) throws IOException {
    var recursive = new JobConf(job);
    recursive.setBoolean(INPUT_DIR_RECURSIVE, true);
    return super.listStatus(recursive);
  }
}
