package org.clickmill.jobs.forget;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.read.BatchFiles;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.TaskFailures;

/** The map-only job that finds the files with rows of some persons. */
public final class SearchJob {
  private static final String HITS = "hits";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Run run;
  private final PersonIds ids;
  private final Map<String, TableSchema> schemas;

  /** A file with rows of the persons, in a task's report. */
  record Hit(String path, long rows) {}

  /**
   * @param run the step whose staging folder the job writes to
   * @param schemas the columns of all datasets that files are of
   */
  public SearchJob(Run run, PersonIds ids, Map<String, TableSchema> schemas) {
    this.run = run;
    this.ids = ids;
    this.schemas = new TreeMap<>(schemas);
  }

  /** Whether a table has columns that can say that a row is a person's. */
  public static boolean isSearched(String dataset, TableSchema schema) {
    return PersonalRows.isPersonal(dataset, schema);
  }

  /** The number of rows of the persons, by the path of each file that has some. */
  public Map<String, Long> run(List<InputFile> files) throws IOException, InterruptedException {
    var found = new TreeMap<String, Long>();
    if (files.isEmpty()) {
      return found;
    }
    var items =
        files.stream()
            .map(file -> BundleInputFormat.item(file.bytes(), file, List.of(file)))
            .toList();
    var staged = ForgetTask.job(run, "search for persons", ids, schemas, items, SearchMapper.class);
    for (var note : staged.run().notes(HITS)) {
      var hit = JSON.readValue(note, Hit.class);
      found.put(hit.path(), hit.rows());
    }
    return found;
  }

  /** Counts the rows of the persons in each file. */
  static final class SearchMapper extends Mapper<NullWritable, Text, Object, Object> {
    @Override
    public void run(Context context) throws IOException, InterruptedException {
      TaskFailures.tell(
          context,
          () -> {
            var staged = new StagedFiles(context);
            var task = ForgetTask.read(context.getConfiguration());
            while (context.nextKeyValue()) {
              var file = BundleInputFormat.describe(context.getCurrentValue(), InputFile.class);
              long rows = search(file, task, context.getConfiguration());
              if (rows > 0) {
                staged.note(HITS, JSON.writeValueAsString(new Hit(file.path(), rows)));
              }
              context.progress();
            }
            staged.report();
          });
    }

    private static long search(InputFile file, ForgetTask task, Configuration configuration)
        throws IOException {
      var schema = task.fileSchema(file, configuration);
      var names = schema.columns().stream().map(TableSchema.Column::name).toList();
      var personal = task.rows(file.partition().dataset()).of(names);
      var fileSystem = new Path(file.path()).getFileSystem(configuration);
      var request = BatchRequest.of(schema, personal.columns());
      long rows = 0;
      try (var reader = BatchFiles.open(fileSystem, file, request, configuration)) {
        while (reader.next()) {
          rows += personal.in(reader.batch()).cardinality();
        }
      }
      return rows;
    }
  }
}
