package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Publication.Outcome;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.testdata.generate.FileFormat;
import org.clickmill.testdata.generate.FilePer;
import org.clickmill.testdata.generate.GenerateFiles;
import org.clickmill.testdata.generate.GeneratorOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same events give the same rows, however they are written, split and reduced. */
final class SameTablesTest {
  private static final GeneratorOptions OPTIONS =
      new GeneratorOptions(5, 4000, LocalDate.of(2019, 9, 29), 3);

  @TempDir private Path folder;

  @Test
  void formatSplitsAndReducersChangeNoTable() throws Exception {
    var csv = warehouse(FileFormat.CSV, FilePer.HOUR, "rees46", 1, 1);
    var expected = csv.fingerprints();
    assertThat(csv.eventsInHours()).isEqualTo(OPTIONS.events());
    // 72 hours, 3 days, and of the tables: 3 by day, 12 by day, 4 by week (2), 4 by month (2).
    assertThat(expected).hasSize(72 + 3 + 15 * 3 + 8 * 2);
    assertThat(warehouse(FileFormat.JSON, FilePer.ALL, "rees46", 2, 2).fingerprints())
        .isEqualTo(expected);
    assertThat(warehouse(FileFormat.AVRO, FilePer.DAY, "clickmill", 7, 5).fingerprints())
        .isEqualTo(expected);
    assertThat(warehouse(FileFormat.PARQUET, FilePer.HOUR, "clickmill", 2, 5).fingerprints())
        .isEqualTo(expected);
    assertRecomputingChangesNothing(csv);
  }

  private static void assertRecomputingChangesNothing(LocalWarehouse local) throws Exception {
    for (int[] shape : new int[][] {{1, 5}, {2, 1}, {7, 2}}) {
      local.set("clickmill.split.count", shape[0]).set("clickmill.reducers", shape[1]);
      assertThat(local.fold(Datasets.EVENTS_DAILY, table -> table.grain() == Grain.DAY))
          .as("%d splits, %d reducers", shape[0], shape[1])
          .hasSize(14 * 3)
          .allMatch(publication -> publication.outcome() == Outcome.RENEWED)
          .allMatch(publication -> publication.version() == 1);
    }
  }

  private LocalWarehouse warehouse(
      FileFormat format, FilePer filePer, String mapping, int splits, int reducers)
      throws Exception {
    var root = folder.resolve(format.extension());
    var local =
        new LocalWarehouse(root)
            .set("clickmill.split.count", splits)
            .set("clickmill.reducers", reducers);
    var input = root.resolve("input");
    new GenerateFiles(local.configuration(), format, filePer, false)
        .run(OPTIONS, new org.apache.hadoop.fs.Path(input.toString()), events -> {});
    local.importFiles(input, mapping);
    local.compactAndAnalyze();
    return local;
  }
}
