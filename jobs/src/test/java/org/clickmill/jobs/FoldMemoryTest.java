package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Publication;
import org.clickmill.formats.warehouse.Publication.Outcome;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.sales.Sales;
import org.clickmill.jobs.sessions.Sessions;
import org.clickmill.jobs.views.ViewCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether partials meet in a map task or are shuffled changes no row. */
final class FoldMemoryTest {
  private static final LocalDate DAY = LocalDate.of(2020, 5, 1);

  @TempDir private Path folder;

  @Test
  void partialsThatDoNotFitIntoMemoryAreShuffled() throws Exception {
    var local =
        new LocalWarehouse(folder).set("clickmill.summary.tables", "dwell,product_performance");
    // Small row groups, so that memory is spent in the middle of the day, and often of a session.
    local.set("clickmill.parquet.row-group-mb", 1).set("clickmill.compact.file-mb", 1);
    local.importFiles(Files.writeString(folder.resolve("a.csv"), events()), "clickmill");
    local.compact();
    fold(local);

    for (int[] shape : new int[][] {{1, 0}, {256, 3}, {1, 3}}) {
      local.set("clickmill.fold.memory-mb", shape[0]).set("clickmill.split.count", shape[1]);
      assertThat(fold(local))
          .as("%d MB, %d splits", shape[0], shape[1])
          .allMatch(publication -> publication.outcome() == Outcome.RENEWED);
    }
  }

  /** Views, sales and sessions of the day, in one scan. */
  private static List<Publication> fold(LocalWarehouse local) throws Exception {
    var requests = new LinkedHashMap<Analysis, List<Request>>();
    var datasets = new TreeSet<>(List.of(Datasets.EVENTS_DAILY));
    for (var analysis : List.of(new ViewCounts(), new Sales(), new Sessions())) {
      var tables = analysis.tables().stream().filter(table -> table.grain() == Grain.DAY).toList();
      tables.forEach(table -> datasets.add(table.dataset()));
      requests.put(analysis, tables.stream().map(table -> new Request(table, DAY)).toList());
    }
    return local.fold(local.catalog(datasets.toArray(new String[0])), requests);
  }

  /** Half of the events are of a few users who never pause. */
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
              random.nextInt(random.nextBoolean() ? 40 : 20_000),
              random.nextInt(40_000)));
    }
    return text.toString();
  }
}
