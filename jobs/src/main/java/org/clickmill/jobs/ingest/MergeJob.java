package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedContent;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.StagedJob;
import org.clickmill.jobs.kernel.TaskFailures;

/** The map-only job that puts the many files of an hour into one. */
public final class MergeJob {
  /** An hour of more files than this is to be merged. */
  public static final int MOST_FILES = 20;

  private final Run run;

  /**
   * @param run the step whose staging folder takes the merged hours
   */
  public MergeJob(Run run) {
    this.run = run;
  }

  /**
   * An hour of many files.
   *
   * @param rows the fingerprint of the rows of all
   */
  public record Hour(Partition partition, List<InputFile> files, Fingerprint rows) {}

  /** An hour as a map task reads it. */
  record Input(String path, List<InputFile> files) {}

  /**
   * Stages hours, each in one file, with the very rows that they had in many.
   *
   * @return what was staged of each
   */
  public Map<Partition, StagedContent> run(List<Hour> hours)
      throws IOException, InterruptedException {
    var staged = new StagedJob(run, "merge hours", MergeJob.class);
    var items =
        hours.stream()
            .map(
                hour ->
                    BundleInputFormat.item(
                        hour.files().stream().mapToLong(InputFile::bytes).sum(),
                        new Input(hour.partition().path(), hour.files()),
                        hour.files()))
            .toList();
    var job = staged.job();
    BundleInputFormat.configure(
        job.getConfiguration(), run.warehouse().fileSystem(), staged.file("_hours.json"), items);
    job.setInputFormatClass(BundleInputFormat.class);
    job.setMapperClass(MergeMapper.class);
    job.setMapOutputKeyClass(NullWritable.class);
    job.setMapOutputValueClass(NullWritable.class);
    job.setNumReduceTasks(0);
    var merged = StagedContent.byPartition(staged.run().files());
    for (var hour : hours) {
      var content = merged.getOrDefault(hour.partition(), StagedContent.EMPTY);
      if (!content.fingerprint().equals(hour.rows())) {
        throw ClickmillException.failed(
            "Cannot publish %s: its files have the rows %s, the merged one has %s",
            hour.partition(), hour.rows(), content.fingerprint());
      }
    }
    return merged;
  }

  /** Writes the events of each hour into one file. */
  static final class MergeMapper extends Mapper<NullWritable, Text, Object, Object> {
    @Override
    public void run(Context context) throws IOException, InterruptedException {
      TaskFailures.tell(
          context,
          () -> {
            var files = new StagedFiles(context);
            while (context.nextKeyValue()) {
              merge(
                  BundleInputFormat.describe(context.getCurrentValue(), Input.class),
                  files,
                  context);
            }
            files.report();
          });
    }

    /** The extra columns that some of the files have. */
    private static Set<EventColumn> extraColumns(Input hour, Configuration configuration)
        throws IOException {
      var columns = EnumSet.noneOf(EventColumn.class);
      for (var file : hour.files()) {
        var source = new Path(file.path()).getFileSystem(configuration);
        try (var reader = EventFileReader.open(source, file, configuration)) {
          columns.addAll(reader.extraColumns());
        }
      }
      return columns;
    }

    private static void merge(Input hour, StagedFiles files, Context context) throws IOException {
      var configuration = context.getConfiguration();
      var partition = new Partition(Datasets.EVENTS, hour.path());
      var path = files.newFile(partition, ".avro");
      var fileSystem = path.getFileSystem(configuration);
      long eventIds = 0;
      var columns = extraColumns(hour, configuration);
      try (var writer = AvroEventWriter.openInRanges(fileSystem, path, configuration, columns)) {
        for (var file : hour.files()) {
          var source = new Path(file.path()).getFileSystem(configuration);
          try (var reader = EventFileReader.open(source, file, configuration)) {
            var event = new Event();
            for (event = reader.next(event); event != null; event = reader.next(event)) {
              writer.write(event);
              eventIds += event.getEventId() == null ? 0 : 1;
            }
          }
          context.progress();
        }
        var counts = new TreeMap<String, Long>();
        counts.put(StagedContent.EVENT_IDS, eventIds);
        files.add(partition, writer.finish(), counts, new TreeMap<>());
      }
    }
  }
}
