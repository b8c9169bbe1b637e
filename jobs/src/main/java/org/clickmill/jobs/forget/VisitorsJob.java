package org.clickmill.jobs.forget;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.read.BatchFiles;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.TaskFailures;

/**
 * Finds the visitors who were seen with some users and nobody else, by two map-only jobs: who was
 * seen with one of the users, and which of these with another user, too.
 */
public final class VisitorsJob {
  private static final String SEEN = "seen";
  private static final String WITH_OTHERS = "clickmill.internal.forget.with-others";

  private final Run run;
  private final Map<String, TableSchema> schemas;

  /**
   * @param run the step whose staging folder the jobs write to
   * @param schemas the columns of all datasets that files are of
   */
  public VisitorsJob(Run run, Map<String, TableSchema> schemas) {
    this.run = run;
    this.schemas = new TreeMap<>(schemas);
  }

  /**
   * The visitors of some users.
   *
   * @param files of events
   */
  public Set<String> run(List<InputFile> files, Set<String> users)
      throws IOException, InterruptedException {
    if (files.isEmpty() || users.isEmpty()) {
      return Set.of();
    }
    var found = seen(files, new PersonIds(users, List.of()), false);
    if (!found.isEmpty()) {
      found.removeAll(seen(files, new PersonIds(users, found), true));
    }
    return found;
  }

  private TreeSet<String> seen(List<InputFile> files, PersonIds ids, boolean isWithOthers)
      throws IOException, InterruptedException {
    var items =
        files.stream()
            .map(file -> BundleInputFormat.item(file.bytes(), file, List.of(file)))
            .toList();
    var title = isWithOthers ? "look for other users" : "look for visitors";
    var staged = ForgetTask.job(run, title, ids, schemas, items, VisitorsMapper.class);
    staged.job().getConfiguration().setBoolean(WITH_OTHERS, isWithOthers);
    return new TreeSet<>(staged.run().notes(SEEN));
  }

  /** Reports each visitor who was seen with one of the users, or with another, once. */
  static final class VisitorsMapper extends Mapper<NullWritable, Text, Object, Object> {
    private final Set<String> found = new TreeSet<>();
    private PersonIds ids;
    private boolean isWithOthers;

    @Override
    public void run(Context context) throws IOException, InterruptedException {
      TaskFailures.tell(
          context,
          () -> {
            var configuration = context.getConfiguration();
            var staged = new StagedFiles(context);
            ids = ForgetTask.read(configuration).ids();
            isWithOthers = configuration.getBoolean(WITH_OTHERS, false);
            while (context.nextKeyValue()) {
              read(
                  BundleInputFormat.describe(context.getCurrentValue(), InputFile.class),
                  configuration);
              context.progress();
            }
            found.forEach(visitor -> staged.note(SEEN, visitor));
            staged.report();
          });
    }

    private void read(InputFile file, Configuration configuration) throws IOException {
      var fileSystem = new Path(file.path()).getFileSystem(configuration);
      var request = BatchRequest.of(EventRows.SCHEMA, List.of("visitor_id", "user_id"));
      try (var reader = BatchFiles.open(fileSystem, file, request, configuration)) {
        while (reader.next()) {
          read(reader.batch());
        }
      }
    }

    private void read(ColumnBatch batch) {
      var visitors = batch.strings("visitor_id");
      var users = batch.strings("user_id");
      var isOfUsers = new boolean[users.dictionarySize()];
      for (int id = 0; id < isOfUsers.length; id++) {
        isOfUsers[id] = ids.isUser(users.bytes(), users.offset(id), users.length(id));
      }
      for (int row = 0; row < batch.size(); row++) {
        int user = users.ids()[row];
        int visitor = visitors.ids()[row];
        if (user != StringColumn.NULL
            && visitor != StringColumn.NULL
            && isOfUsers[user] != isWithOthers
            && isWanted(visitors, visitor)) {
          found.add(visitors.text(visitor));
        }
      }
    }

    private boolean isWanted(StringColumn visitors, int id) {
      return !isWithOthers
          || ids.isVisitor(visitors.bytes(), visitors.offset(id), visitors.length(id));
    }
  }
}
