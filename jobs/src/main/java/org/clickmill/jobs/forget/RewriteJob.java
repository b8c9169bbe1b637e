package org.clickmill.jobs.forget;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.read.BatchFiles;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.WrittenFile;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.RowCopy;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedContent;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;
import org.clickmill.jobs.kernel.StagedJob;
import org.clickmill.jobs.kernel.TaskFailures;

/**
 * The map-only job that stages partitions without the rows of some persons: each file as it was,
 * row by row in the same order, and files in the same order by name.
 */
public final class RewriteJob {
  private static final String AVRO = ".avro";
  private static final String PARQUET = ".parquet";

  private final Run run;
  private final PersonIds ids;
  private final Map<String, TableSchema> schemas;

  /** Rows by what became of them. */
  enum Rows {
    KEPT,
    ERASED
  }

  /**
   * A file that a task rewrites.
   *
   * @param place what the name of the new file begins with, after "part-"
   */
  record Source(InputFile file, String place) {}

  /**
   * What a partition holds without the persons.
   *
   * @param erased the rows that went
   */
  public record Reduced(StagedContent content, long erased) {}

  /**
   * @param run the step whose staging folder takes the files
   * @param schemas the columns of all datasets that the partitions are of
   */
  public RewriteJob(Run run, PersonIds ids, Map<String, TableSchema> schemas) {
    this.run = run;
    this.ids = ids;
    this.schemas = new TreeMap<>(schemas);
  }

  /**
   * Stages partitions without the rows of the persons.
   *
   * @param published their manifests
   */
  public Map<Partition, Reduced> run(List<Manifest> published)
      throws IOException, InterruptedException {
    var items = new ArrayList<BundleInputFormat.Item>();
    for (var manifest : published) {
      int index = 0;
      for (var file : InputFile.of(run.warehouse(), manifest.where(), manifest)) {
        items.add(item(file, String.format(Locale.ROOT, "%05d", index++)));
      }
    }
    var result = rewrite(items, "rewrite partitions");
    var contents = StagedContent.byPartition(result.files());
    var reduced = new TreeMap<Partition, Reduced>();
    long kept = 0;
    long before = 0;
    for (var manifest : published) {
      var content = contents.getOrDefault(manifest.where(), StagedContent.EMPTY);
      long had = Manifest.DataFile.records(manifest.files());
      long has = Manifest.DataFile.records(content.files());
      before += had;
      kept += has;
      reduced.put(manifest.where(), new Reduced(content, had - has));
    }
    if (kept != result.count(Rows.KEPT) || before != kept + result.count(Rows.ERASED)) {
      throw ClickmillException.failed(
          "Cannot rewrite partitions: they had %d rows, %d were kept and %d erased",
          before, kept, result.count(Rows.ERASED));
    }
    return reduced;
  }

  /**
   * Stages files of events without the rows of the persons.
   *
   * @param prefix what the names of the new files begin with, after "part-"
   * @return the new files; those that hold nobody else are not among them
   */
  public List<StagedFile> run(List<InputFile> files, String prefix)
      throws IOException, InterruptedException {
    return rewrite(files.stream().map(file -> item(file, prefix)).toList(), "rewrite open hours")
        .files();
  }

  private static BundleInputFormat.Item item(InputFile file, String place) {
    return BundleInputFormat.item(file.bytes(), new Source(file, place), List.of(file));
  }

  private StagedJob.Result rewrite(List<BundleInputFormat.Item> items, String title)
      throws IOException, InterruptedException {
    return ForgetTask.job(run, title, ids, schemas, items, RewriteMapper.class).run();
  }

  /** Writes each file again without the rows of the persons. */
  static final class RewriteMapper extends Mapper<NullWritable, Text, Object, Object> {
    private StagedFiles staged;
    private ForgetTask task;
    private Configuration configuration;
    private long kept;
    private long erased;

    @Override
    public void run(Context context) throws IOException, InterruptedException {
      TaskFailures.tell(
          context,
          () -> {
            configuration = context.getConfiguration();
            staged = new StagedFiles(context);
            task = ForgetTask.read(configuration);
            while (context.nextKeyValue()) {
              rewrite(BundleInputFormat.describe(context.getCurrentValue(), Source.class));
              context.progress();
            }
            staged.count(Rows.KEPT, kept);
            staged.count(Rows.ERASED, erased);
            staged.report();
          });
    }

    private void rewrite(Source source) throws IOException {
      var file = source.file();
      boolean isAvro = file.path().endsWith(AVRO);
      var target = staged.newFile(file.partition(), source.place(), isAvro ? AVRO : PARQUET);
      var counts = new TreeMap<String, Long>();
      WrittenFile written;
      if (isAvro) {
        written = rewriteHour(file, target, counts);
      } else if (ForgetTask.isOfEvents(file.partition().dataset())) {
        written = rewriteDay(file, target, counts);
      } else {
        written = rewriteTable(file, target, counts);
      }
      if (written != null) {
        staged.add(file.partition(), written, counts, new TreeMap<>());
      }
    }

    /** An hour without rows has no file. */
    private WrittenFile rewriteHour(InputFile file, Path target, Map<String, Long> counts)
        throws IOException {
      long eventIds = 0;
      long rows = 0;
      try (var reader = EventFileReader.open(fileSystem(file), file, configuration);
          var writer =
              AvroEventWriter.openInRanges(
                  target.getFileSystem(configuration),
                  target,
                  configuration,
                  reader.extraColumns())) {
        var event = new Event();
        for (event = reader.next(event); event != null; event = reader.next(event)) {
          if (isOfPerson(event)) {
            erased++;
            continue;
          }
          writer.write(event);
          rows++;
          eventIds += event.getEventId() == null ? 0 : 1;
        }
        kept += rows;
        counts.put(StagedContent.EVENT_IDS, eventIds);
        return rows == 0 ? null : writer.finish();
      }
    }

    private WrittenFile rewriteDay(InputFile file, Path target, Map<String, Long> counts)
        throws IOException {
      var key = new EventKey();
      var row = new Row(EventRows.SCHEMA);
      long both = 0;
      try (var reader = EventFileReader.open(fileSystem(file), file, configuration);
          var writer = open(target, EventRows.SCHEMA)) {
        var event = new Event();
        for (event = reader.next(event); event != null; event = reader.next(event)) {
          if (isOfPerson(event)) {
            erased++;
            continue;
          }
          key.encode(event);
          EventRows.fill(row, event);
          writer.write(row, key.bytes(), 0, key.contentLength());
          kept++;
          both += event.getVisitorId() == null || event.getUserId() == null ? 0 : 1;
        }
        counts.put(StagedContent.VISITOR_AND_USER_IDS, both);
        return writer.finish();
      }
    }

    private boolean isOfPerson(Event event) {
      var user = event.getUserId();
      var visitor = event.getVisitorId();
      return user != null && task.ids().isUser(user.getBytes(), 0, user.getByteLength())
          || visitor != null
              && task.ids().isVisitor(visitor.getBytes(), 0, visitor.getByteLength());
    }

    private WrittenFile rewriteTable(InputFile file, Path target, Map<String, Long> counts)
        throws IOException {
      var schema = task.fileSchema(file, configuration);
      var names = schema.columns().stream().map(TableSchema.Column::name).toList();
      var personal = task.rows(file.partition().dataset()).of(names);
      var copy = new RowCopy(schema, schema);
      var row = new Row(schema);
      int[] counted = schema.counted();
      try (var reader =
              BatchFiles.open(fileSystem(file), file, BatchRequest.all(schema), configuration);
          var writer = open(target, schema)) {
        while (reader.next()) {
          var batch = reader.batch();
          var gone = personal.in(batch);
          erased += gone.cardinality();
          kept += batch.size() - gone.cardinality();
          for (int i = gone.nextClearBit(0); i < batch.size(); i = gone.nextClearBit(i + 1)) {
            row.clear();
            copy.copy(batch, i, row);
            writer.write(row);
            for (int flag : counted) {
              if (row.booleanValue(flag)) {
                counts.merge(schema.columns().get(flag).name(), 1L, Long::sum);
              }
            }
          }
        }
        return writer.finish();
      }
    }

    private ParquetTableWriter open(Path target, TableSchema schema) throws IOException {
      return ParquetTableWriter.open(
          target.getFileSystem(configuration), target, schema, configuration);
    }

    private FileSystem fileSystem(InputFile file) throws IOException {
      return new Path(file.path()).getFileSystem(configuration);
    }
  }
}
