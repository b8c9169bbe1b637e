package org.clickmill.jobs.load;

import java.io.IOException;
import java.util.ArrayList;
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
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.read.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.write.AvroEventWriter;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedContent;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.StagedJob;
import org.clickmill.jobs.kernel.TaskFailures;
import org.clickmill.jobs.load.PartitionFeeder.Feed;

/** The map-only job that puts the many files of an hour into one. */
final class MergeJob {
  private final Run run;
  private final CommitLog log;

  MergeJob(Run run, CommitLog log) {
    this.run = run;
    this.log = log;
  }

  /** The files of one hour. */
  record Hour(String path, List<InputFile> files) {}

  /**
   * Stages hours, each in one file, with the very rows that they had in many.
   *
   * @return what was staged of each
   */
  Map<Partition, StagedContent> run(List<Feed> feeds) throws IOException, InterruptedException {
    var staged = new StagedJob(run, "merge hours", MergeJob.class);
    var items =
        feeds.stream()
            .map(
                feed -> {
                  var files = files(feed);
                  return BundleInputFormat.item(
                      files.stream().mapToLong(InputFile::bytes).sum(),
                      new Hour(feed.partition().path(), files),
                      files);
                })
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
    for (var feed : feeds) {
      var content = merged.getOrDefault(feed.partition(), StagedContent.EMPTY);
      var expected = PartitionFeeder.content(feed);
      if (!content.fingerprint().equals(expected.fingerprint())) {
        throw ClickmillException.failed(
            "Cannot publish %s: its files have the rows %s, the merged one has %s",
            feed.partition(), expected.fingerprint(), content.fingerprint());
      }
    }
    return merged;
  }

  private List<InputFile> files(Feed feed) {
    var files = new ArrayList<InputFile>();
    for (var file : feed.added()) {
      files.add(new InputFile(log.placed(file).toString(), feed.partition(), file.file().bytes()));
    }
    if (feed.base() != null) {
      files.addAll(InputFile.of(run.warehouse(), feed.partition(), feed.base()));
    }
    return files;
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
                  BundleInputFormat.describe(context.getCurrentValue(), Hour.class),
                  files,
                  context);
            }
            files.report();
          });
    }

    /** The extra columns that some of the files have. */
    private static Set<EventColumn> extraColumns(Hour hour, Configuration configuration)
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

    private static void merge(Hour hour, StagedFiles files, Context context) throws IOException {
      var configuration = context.getConfiguration();
      var partition = new Partition(Datasets.EVENTS, hour.path());
      var path = files.newFile(partition, ".avro");
      var fileSystem = path.getFileSystem(configuration);
      long eventIds = 0;
      var columns = extraColumns(hour, configuration);
      try (var writer = AvroEventWriter.open(fileSystem, path, configuration, columns)) {
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
