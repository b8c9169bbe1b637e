package org.clickmill.formats.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.ReadSettings;

/**
 * Gives a mapper the column batches of the files that {@link BatchInput} names. Splits are runs of
 * consecutive files in the order of their days and hours: on one machine whole days, some for each
 * slot unless they are small; on a cluster up to {@code clickmill.split.max-mb}, near the hosts
 * that hold most of them.
 */
public final class BatchInputFormat extends InputFormat<NullWritable, ColumnBatch> {
  private static final int SPLITS_PER_SLOT = 4;

  /** On one machine a smaller split costs more as a task than it saves as a share of the work. */
  private static final long LEAST_LOCAL_BYTES = 8L << 20;

  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    var configuration = context.getConfiguration();
    var files = BatchInput.files(configuration).stream().filter(file -> file.bytes() > 0).toList();
    List<InputSplit> splits = new ArrayList<>();
    boolean isLocal = isLocal(configuration);
    var runs = runs(files, configuration, isLocal);
    var whole = SplitPlan.wholePartitions(runs);
    for (int i = 0; i < runs.size(); i++) {
      var hosts = isLocal ? new String[0] : hosts(runs.get(i), configuration);
      splits.add(new BatchSplit(runs.get(i), whole.get(i), hosts));
    }
    return splits;
  }

  @Override
  public RecordReader<NullWritable, ColumnBatch> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new BatchRecordReader();
  }

  private static List<List<FileRange>> runs(
      List<InputFile> files, Configuration configuration, boolean isLocal) {
    int count = ReadSettings.SPLIT_COUNT.get(configuration);
    if (count > 0) {
      return SplitPlan.exactly(files, count);
    }
    if (isLocal) {
      int slots = configuration.getInt("mapreduce.local.map.tasks.maximum", 1);
      long bytes = files.stream().mapToLong(InputFile::bytes).sum();
      long most = Math.min(SPLITS_PER_SLOT * slots, 1 + bytes / LEAST_LOCAL_BYTES);
      return SplitPlan.byDays(files, Math.toIntExact(most));
    }
    return SplitPlan.upTo(files, (long) ReadSettings.SPLIT_MAX_MB.get(configuration) << 20);
  }

  private static boolean isLocal(Configuration configuration) {
    return configuration.get("mapreduce.framework.name", "local").equals("local");
  }

  private static String[] hosts(List<FileRange> run, Configuration configuration)
      throws IOException {
    var hosts = new BlockHosts(configuration);
    for (var range : run) {
      hosts.add(range.file().path(), range.start(), range.bytes());
    }
    return hosts.most();
  }
}
