package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Parallel;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.write.ParquetTableWriter;
import org.clickmill.formats.write.TableSchema;

/**
 * Gives partitions without rows a file of none. It tells SQL engines the columns: a table, or a day
 * of one, opens whether or not anything happened, where a pattern that no file matches would be an
 * error.
 */
public final class EmptyTables {
  private final Run run;

  public EmptyTables(Run run) {
    this.run = run;
  }

  /**
   * The contents of all those partitions: what was staged, and where that is nothing, a file
   * without rows, which is written here.
   *
   * @param schemas the columns of every partition that is to be published
   */
  public Map<Partition, StagedContent> fill(
      Map<Partition, StagedContent> contents, Map<Partition, TableSchema> schemas)
      throws IOException {
    var filled = new HashMap<>(contents);
    var empty =
        schemas.keySet().stream()
            .filter(
                partition ->
                    contents.getOrDefault(partition, StagedContent.EMPTY).files().isEmpty())
            .toList();
    var written =
        Parallel.map(
            empty,
            run.warehouse().threads(),
            partition -> write(partition, schemas.get(partition)));
    for (int i = 0; i < empty.size(); i++) {
      filled.put(empty.get(i), written.get(i));
    }
    return filled;
  }

  private StagedContent write(Partition partition, TableSchema schema) throws IOException {
    var warehouse = run.warehouse();
    var suffix = warehouse.stagingOf(run.id()).getName();
    var path =
        new Path(warehouse.stagingOf(run.id(), partition), "part-d-00000-" + suffix + ".parquet");
    try (var writer =
        ParquetTableWriter.open(warehouse.fileSystem(), path, schema, run.configuration())) {
      return StagedContent.of(writer.finish());
    }
  }
}
