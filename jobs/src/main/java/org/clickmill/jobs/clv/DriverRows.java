package org.clickmill.jobs.clv;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedContent;
import org.clickmill.jobs.kernel.StagedTables;

/** Stages the few rows that the driver itself computes. */
final class DriverRows {
  private final Run run;
  private final Catalog catalog;

  /** Writes rows. */
  interface Writer {
    /**
     * @param row a row of the table, to be filled and written again and again
     */
    void write(Row row, ParquetTableWriter output) throws IOException;
  }

  DriverRows(Run run, Catalog catalog) {
    this.run = run;
    this.catalog = catalog;
  }

  List<StagedPartition> write(Request request, Writer rows) throws IOException {
    var warehouse = run.warehouse();
    var partition = request.partition();
    var file =
        new Path(warehouse.stagingOf(run.id(), partition), "part-d-00000-" + run.id() + ".parquet");
    var schema = request.table().schema();
    try (var writer =
        ParquetTableWriter.open(warehouse.fileSystem(), file, schema, run.configuration())) {
      rows.write(new Row(schema), writer);
      return new StagedTables(run, catalog)
          .add(Clv.DATASET, List.of(request))
          .partitions(Map.of(partition, StagedContent.of(writer.finish())));
    }
  }
}
