package org.clickmill.jobs.forget;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.parquet.FileTableSchema;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedJob;

/**
 * What the tasks of both jobs are told: the ids, in a file of the run's own that goes with its
 * staging folder and never in the job's configuration, and the columns of the tables.
 */
final class ForgetTask {
  private static final String IDS = "clickmill.internal.forget.ids";
  private static final String SCHEMAS = "clickmill.internal.forget.schemas";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PersonIds ids;
  private final Map<String, TableSchema> schemas;

  private ForgetTask(PersonIds ids, Map<String, TableSchema> schemas) {
    this.ids = ids;
    this.schemas = schemas;
  }

  /** A map-only job that is told of some persons and tables. */
  static StagedJob job(
      Run run,
      String title,
      PersonIds ids,
      Map<String, TableSchema> schemas,
      List<BundleInputFormat.Item> items,
      Class<? extends Mapper<?, ?, ?, ?>> mapper)
      throws IOException {
    var staged = new StagedJob(run, title, ForgetTask.class);
    var fileSystem = run.warehouse().fileSystem();
    var job = staged.job();
    var configuration = job.getConfiguration();
    var idFile = staged.file("_persons");
    ids.write(fileSystem, idFile);
    configuration.set(IDS, idFile.toString());
    var texts = new TreeMap<String, String>();
    schemas.forEach((dataset, schema) -> texts.put(dataset, schema.avro().toString()));
    var schemaFile = staged.file("_schemas.json");
    try (var out = fileSystem.create(schemaFile, true)) {
      JSON.writeValue((OutputStream) out, texts);
    }
    configuration.set(SCHEMAS, schemaFile.toString());
    BundleInputFormat.configure(configuration, fileSystem, staged.file("_files.json"), items);
    job.setInputFormatClass(BundleInputFormat.class);
    job.setMapperClass(mapper);
    job.setMapOutputKeyClass(NullWritable.class);
    job.setMapOutputValueClass(NullWritable.class);
    job.setNumReduceTasks(0);
    return staged;
  }

  static ForgetTask read(Configuration configuration) throws IOException {
    var idFile = new Path(configuration.get(IDS));
    var fileSystem = idFile.getFileSystem(configuration);
    var schemas = new TreeMap<String, TableSchema>();
    try (InputStream in = fileSystem.open(new Path(configuration.get(SCHEMAS)))) {
      JSON.readValue(in, new TypeReference<Map<String, String>>() {})
          .forEach(
              (dataset, text) ->
                  schemas.put(dataset, TableSchema.of(new Schema.Parser().parse(text))));
    }
    return new ForgetTask(PersonIds.read(fileSystem, idFile), schemas);
  }

  PersonIds ids() {
    return ids;
  }

  /** The columns of a dataset as this suite has them. */
  TableSchema schema(String dataset) {
    return schemas.get(dataset);
  }

  /** Which rows of a dataset go. */
  PersonalRows rows(String dataset) {
    return PersonalRows.of(dataset, schema(dataset), ids);
  }

  /** Whether a dataset's files hold events. */
  static boolean isOfEvents(String dataset) {
    return dataset.equals(Datasets.EVENTS)
        || dataset.equals(Datasets.EVENTS_DAILY)
        || dataset.equals(Datasets.LATE);
  }

  /**
   * The columns that a file has. One of an older or newer suite may have others than the table; of
   * events all can be read as if they had the same.
   */
  TableSchema fileSchema(InputFile file, Configuration configuration) throws IOException {
    var dataset = file.partition().dataset();
    if (isOfEvents(dataset)) {
      return EventRows.SCHEMA;
    }
    var fileSystem = new Path(file.path()).getFileSystem(configuration);
    var found = FileTableSchema.read(fileSystem, file);
    var known = schema(dataset);
    return found.columns().equals(known.columns()) ? known : found;
  }
}
