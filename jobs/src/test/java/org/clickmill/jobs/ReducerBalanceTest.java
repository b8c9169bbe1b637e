package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Grain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a day that is larger than a reducer's share is spread, with no number of reducers set. */
final class ReducerBalanceTest {
  private static final int EVENTS = 150_000;

  @TempDir private Path folder;

  @Test
  void dayWithAHotProductIsSpreadEvenlyBesideOtherTablesOfTheScan() throws Exception {
    var local =
        new LocalWarehouse(folder)
            .set("clickmill.compact.file-mb", 1)
            .set("clickmill.split.count", 3)
            .set("clickmill.reducer.input-mb", 1);
    local.importFiles(Files.writeString(folder.resolve("a.csv"), events()), "clickmill");
    local.compact();
    long bytes = local.manifests(Datasets.EVENTS_DAILY).values().iterator().next().bytes();
    int reducers = (int) (1 + (bytes >> 20));
    assertThat(reducers).isGreaterThan(1);
    local.fold(Datasets.EVENTS_DAILY, table -> table.grain() == Grain.DAY);
    for (var dataset : new String[] {"view_counts"}) {
      var day = Partition.ofDay(dataset, LocalDate.of(2020, 5, 1));
      var files = local.manifests(dataset).get(day).files();
      assertThat(files).as(dataset).hasSize(reducers);
      long largest = files.stream().mapToLong(DataFile::records).max().orElseThrow();
      assertThat((double) largest * reducers / DataFile.records(files))
          .as("rows of the largest reducer of %s, in shares", dataset)
          .isLessThan(1.2);
    }
  }

  /** Half of all events are of one product. */
  private static String events() {
    var random = new Random(7);
    var text =
        new StringBuilder("event_time,event_type,product_id,brand,price,user_id,user_session\n");
    for (int i = 0; i < EVENTS; i++) {
      int second = (int) (i * 86_400L / EVENTS);
      text.append(
          String.format(
              Locale.ROOT,
              "2020-05-01T%02d:%02d:%02dZ,%s,product-%d,brand-%d,%d.50,user-%d,session-%d\n",
              second / 3600,
              second / 60 % 60,
              second % 60,
              random.nextInt(5) == 0 ? "purchase" : "view",
              random.nextBoolean() ? 0 : random.nextInt(60_000),
              random.nextInt(300),
              1 + random.nextInt(90),
              random.nextInt(20_000),
              random.nextInt(1_000_000)));
    }
    return text.toString();
  }
}
