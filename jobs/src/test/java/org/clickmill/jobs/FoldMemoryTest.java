package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Publication.Outcome;
import org.clickmill.jobs.kernel.Grain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether partials meet in a map task or are shuffled changes no row. */
final class FoldMemoryTest {
  @TempDir private Path folder;

  @Test
  void partialsThatDoNotFitIntoMemoryAreShuffled() throws Exception {
    var local = new LocalWarehouse(folder);
    // Small row groups, so that memory is spent in the middle of the day.
    local.set("clickmill.parquet.row-group-mb", 1);
    local.importFiles(Files.writeString(folder.resolve("a.csv"), events()), "clickmill");
    local.compact();
    local.fold(Datasets.EVENTS_DAILY, table -> table.grain() == Grain.DAY);

    for (int[] shape : new int[][] {{1, 0}, {256, 3}, {1, 3}}) {
      local.set("clickmill.fold.memory-mb", shape[0]).set("clickmill.split.count", shape[1]);
      assertThat(local.fold(Datasets.EVENTS_DAILY, table -> table.grain() == Grain.DAY))
          .as("%d MB, %d splits", shape[0], shape[1])
          .allMatch(publication -> publication.outcome() == Outcome.RENEWED);
    }
  }

  private static String events() {
    var random = new Random(7);
    var text =
        new StringBuilder("event_time,event_type,product_id,brand,price,user_id,user_session\n");
    for (int i = 0; i < 120_000; i++) {
      int second = (int) (i * 86_400L / 120_000);
      text.append(
          String.format(
              java.util.Locale.ROOT,
              "2020-05-01T%02d:%02d:%02dZ,%s,product-%d,brand-%d,%d.50,user-%d,session-%d\n",
              second / 3600,
              second / 60 % 60,
              second % 60,
              random.nextInt(10) == 0 ? "purchase" : "view",
              random.nextInt(60_000),
              random.nextInt(300),
              1 + random.nextInt(90),
              random.nextInt(20_000),
              random.nextInt(40_000)));
    }
    return text.toString();
  }
}
