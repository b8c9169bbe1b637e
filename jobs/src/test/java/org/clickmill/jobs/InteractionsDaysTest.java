package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.interactions.InteractionsDays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InteractionsDaysTest {
  private static final LocalDate DAY = LocalDate.of(2024, 2, 28);
  private static final String NO_VISITOR = "";

  /** Long enough that the products of one user take more than a fold's memory of 1 MB. */
  private static final String LONG = "x".repeat(60);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"false, 256", "false, 1", "true, 256", "true, 1"})
  void eventsAreCountedWhetherUsersAreInOneFileOrInMany(boolean hasVisitors, int memoryMb)
      throws Exception {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    System.out.println("-Dclickmill.test.seed=" + seed);
    var random = new Random(seed);
    var lines = new ArrayList<>(List.of("event_time,event_type,product_id,user_id,visitor_id"));
    var expected = new TreeMap<String, Long>();
    for (int i = 0; i < 40_000; i++) {
      int user = (int) Math.abs(random.nextGaussian() * 20);
      var product = user == 0 ? "p" + i + LONG : "p" + random.nextInt(50);
      var type = random.nextInt(3) == 0 ? "purchase" : "view";
      var visitor = hasVisitors && random.nextInt(4) == 0 ? "v" + random.nextInt(30) : NO_VISITOR;
      lines.add(String.join(",", "2024-02-28T10:00:00Z", type, product, "u" + user, visitor));
      expected.merge("u" + user + " " + product + " " + type, 1L, Long::sum);
    }
    var input = Files.createDirectories(folder.resolve("input"));
    Files.write(input.resolve("events.csv"), lines);
    var local =
        new LocalWarehouse(folder)
            .set("clickmill.compact.deduplicate", "none")
            .set("clickmill.compact.file-mb", 1)
            .set("clickmill.fold.memory-mb", memoryMb);
    local.importFiles(input, "clickmill");
    local.compact();

    new TableRuns(local).run(new InteractionsDays(), List.of(DAY));

    assertThat(counts(local)).as("seed %d", seed).isEqualTo(expected);
    assertThat(local.manifests("events_daily").get(Partition.ofDay("events_daily", DAY)).counts())
        .satisfies(
            counts -> assertThat(counts.get("visitor_and_user_ids") > 0).isEqualTo(hasVisitors));
  }

  private static Map<String, Long> counts(LocalWarehouse local) throws Exception {
    var partition = Partition.ofDay(InteractionsDays.DATASET, DAY);
    var users = local.column(partition, "user_id");
    var products = local.column(partition, "product_id");
    var counts = new TreeMap<String, Long>();
    for (var type : List.of("view", "purchase")) {
      var column = local.column(partition, type + "s");
      for (int row = 0; row < users.size(); row++) {
        var key = users.get(row) + " " + products.get(row) + " " + type;
        long count = (Long) column.get(row);
        if (count > 0) {
          assertThat(counts.put(key, count)).as(key).isNull();
        }
      }
    }
    return counts;
  }
}
