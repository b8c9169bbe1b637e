package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Publication.Outcome;
import org.clickmill.jobs.interactions.Interactions;
import org.clickmill.jobs.interactions.InteractionsDays;
import org.clickmill.jobs.kernel.SlidingJobs;
import org.clickmill.jobs.kernel.TableMaker;
import org.clickmill.jobs.sales.SalesTrend;
import org.clickmill.jobs.views.Trending;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables that are made from windows of days: over random days, every row equals what SQL says of
 * the events themselves, however the jobs are split.
 */
final class ManyDaysTest {
  private static final int DAYS = 33;
  private static final List<LocalDate> ALL =
      RandomDays.FIRST.datesUntil(RandomDays.FIRST.plusDays(DAYS)).toList();
  private static final Set<String> DAILY =
      Set.of("view_counts", "sales", "sales_by_category", "sales_by_brand", "sales_by_product");

  @TempDir private Path folder;

  static LongStream seeds() {
    return Seeds.sample(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void tablesEqualTheAnswersOfSql(long seed) throws Exception {
    var random = new Random(seed);
    var input = folder.resolve("input");
    new RandomDays(seed).write(input, DAYS);
    var local = new LocalWarehouse(folder);
    local.importFiles(input, "clickmill");
    local.compact();
    local.fold(Datasets.EVENTS_DAILY, table -> DAILY.contains(table.dataset()));
    int shorter = 1 + random.nextInt(4);
    int longer = shorter + 1 + random.nextInt(6);
    int windowDays = 1 + random.nextInt(2 * DAYS);
    var snapshots = List.of(ALL.get(random.nextInt(DAYS - 1)), ALL.get(DAYS - 1));
    local
        .set("clickmill.trending.windows", longer + "," + shorter)
        .set("clickmill.interactions.window-days", windowDays)
        .set("clickmill.interactions.weights", "purchase=5.3,view=0.1,remove_from_cart=-0.7")
        .set("clickmill.split.count", random.nextInt(5))
        .set("clickmill.reducers", random.nextInt(4))
        .set(SlidingJobs.ROWS_IN_MEMORY, inMemory(random.nextBoolean()));
    var runs = new TableRuns(local);
    runs.run(new Trending(), ALL);
    runs.run(new SalesTrend(), ALL);
    runs.run(new InteractionsDays(), ALL);
    runs.run(new Interactions(), snapshots);

    try (var duck = new DuckDb()) {
      duck.readEvents(input);
      duck.dropRepeatedEventIds();
      duck.defineRounding();
      var sql = new ManyDaysSql(duck, local, "seed " + seed);
      sql.compareTrending(ALL, shorter);
      sql.compareTrending(ALL, longer);
      sql.compareSalesTrend(ALL, "", "''");
      sql.compareSalesTrend(ALL, "_by_category", "coalesce(category_code, '(none)')");
      sql.compareSalesTrend(ALL, "_by_brand", "coalesce(brand, '(none)')");
      sql.compareSalesTrend(ALL, "_by_product", "coalesce(product_id, '(none)')");
      sql.compareInteractionsDays();
      sql.compareInteractions(windowDays, snapshots);
    }
    assertShapesChangeNothing(local, runs, snapshots, seed);
  }

  /** How many rows of windows are sorted in memory: all in one job, or none. */
  private static int inMemory(boolean all) {
    return all ? Integer.MAX_VALUE : 0;
  }

  private static void assertShapesChangeNothing(
      LocalWarehouse local, TableRuns runs, List<LocalDate> snapshots, long seed) throws Exception {
    for (int[] shape : new int[][] {{1, 1, 0}, {1, 5, 1}, {7, 1, 1}, {7, 5, 0}}) {
      local
          .set("clickmill.split.count", shape[0])
          .set("clickmill.reducers", shape[1])
          .set("clickmill.internal.interactions.products-memory-bytes", shape[2] > 0 ? 1L << 20 : 0)
          .set(SlidingJobs.ROWS_IN_MEMORY, inMemory(shape[2] > 0));
      for (TableMaker maker :
          List.of(new Trending(), new SalesTrend(), new InteractionsDays(), new Interactions())) {
        var days = maker instanceof Interactions ? snapshots : ALL.subList(DAYS - 3, DAYS);
        assertThat(runs.run(maker, days))
            .as(
                "%s, %d splits, %d reducers, %d in memory, seed %d",
                maker.name(), shape[0], shape[1], shape[2], seed)
            .isNotEmpty()
            .allMatch(publication -> publication.outcome() == Outcome.RENEWED)
            .allMatch(publication -> publication.version() == 1);
      }
    }
  }
}
