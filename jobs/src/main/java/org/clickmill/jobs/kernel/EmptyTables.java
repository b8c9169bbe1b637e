package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Parallel;
import org.clickmill.formats.warehouse.Partition;

/**
 * Writes a file without rows for each partition without rows. SQL engines take the columns from it,
 * so a table opens empty; a glob that matches no file would be an error.
 */
public final class EmptyTables {
  private final Run run;

  public EmptyTables(Run run) {
    this.run = run;
  }

  /**
   * The contents of all partitions to be published: what was staged, or else a file without rows,
   * which is written here.
   *
   * @param contents what was staged; partitions without rows may be left out
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
    var folder = warehouse.stagingOf(run.id(), partition);
    var path = new Path(folder, "part-d-00000-" + run.id() + ".parquet");
    try (var writer =
        ParquetTableWriter.open(warehouse.fileSystem(), path, schema, run.configuration())) {
      return StagedContent.of(writer.finish());
    }
  }
}
