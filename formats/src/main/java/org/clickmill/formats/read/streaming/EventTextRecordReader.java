package org.clickmill.formats.read.streaming;

import java.io.IOException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.FileSplit;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.RecordReader;
import org.clickmill.formats.read.BatchFiles;
import org.clickmill.formats.table.BatchReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Partition;

/** Reads the events of a split as lines. */
final class EventTextRecordReader implements RecordReader<LongWritable, Text> {
  private static final Partition NO_PARTITION = new Partition("", "");

  private final BatchReader reader;
  private EventLines lines;
  private int row;
  private long count;
  private boolean isAtEnd;

  private EventTextRecordReader(BatchReader reader) {
    this.reader = reader;
  }

  static EventTextRecordReader open(FileSplit split, JobConf job) throws IOException {
    var path = split.getPath();
    var fileSystem = path.getFileSystem(job);
    var file =
        new InputFile(path.toString(), NO_PARTITION, fileSystem.getFileStatus(path).getLen());
    long end = split.getStart() + split.getLength();
    return new EventTextRecordReader(
        BatchFiles.open(
            fileSystem, file, split.getStart(), end, BatchRequest.all(EventRows.SCHEMA), job));
  }

  @Override
  public boolean next(LongWritable key, Text value) throws IOException {
    if (lines == null || row == reader.batch().size()) {
      if (!reader.next()) {
        isAtEnd = true;
        return false;
      }
      lines = new EventLines(reader.batch());
      row = 0;
    }
    key.set(count++);
    lines.write(row++, value);
    return true;
  }

  @Override
  public LongWritable createKey() {
    return new LongWritable();
  }

  @Override
  public Text createValue() {
    return new Text();
  }

  /** Number of events read. */
  @Override
  public long getPos() {
    return count;
  }

  @Override
  public float getProgress() {
    return isAtEnd ? 1 : 0;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
