package org.clickmill.jobs.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.TableDescription;
import org.clickmill.jobs.DuckDb;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.kernel.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every row of reviews equals what SQL says of the same files, and of texts whose score is known.
 */
final class ReviewsTest {
  private static final String HEADER = "event_time,event_type,product_id,rating,review";

  /** Texts with their published scores. */
  private static final Map<String, Integer> TEXTS =
      Map.of(
          "The book was good.", 4404,
          "Not bad at all", 4310,
          "Today SUX!", -5461,
          "It is a box.", 0,
          "VADER is VERY SMART, handsome, and FUNNY!!!", 9342,
          "VADER is not smart, handsome, nor funny.", -7424);

  @TempDir private Path folder;

  @Test
  void reviewsEqualTheAnswerOfSql() throws Exception {
    long seed = new Random().nextLong();
    var input = Files.createDirectory(folder.resolve("input"));
    var lines = new ArrayList<>(List.of(HEADER));
    // So that both days are sealed, one without a review.
    lines.add("2024-05-01T00:00:00Z,view,p0,5,The book was good.");
    lines.add("2024-05-03T23:00:00Z,view,p0,,");
    lines.addAll(reviews(new Random(seed)));
    Files.write(input.resolve("events.csv"), lines);
    var local =
        new LocalWarehouse(folder).set("clickmill.split.count", new Random(seed).nextInt(4));
    local.importFiles(input, "clickmill");
    local.compact();
    var reviews = new Reviews();
    reviews.check(dataset -> EventRows.SCHEMA, local.configuration());
    var table = reviews.tables().get(0);
    var catalog = local.catalog("events_daily", table.dataset());
    var requests =
        catalog.manifests("events_daily").keySet().stream()
            .map(day -> new Request(table, day.day()))
            .toList();
    local.fold(catalog, Map.of(reviews, requests));

    try (var duck = new DuckDb()) {
      duck.execute("CREATE TABLE scores (review VARCHAR, score INTEGER)");
      for (var text : TEXTS.entrySet()) {
        duck.execute(
            String.format(
                Locale.ROOT,
                "INSERT INTO scores VALUES ('%s', %d)",
                text.getKey(),
                text.getValue()));
      }
      duck.assertSame(
          "seed " + seed,
          "dt, product_id, reviews, ratings, mean_rating, positive, neutral, negative,"
              + " mean_sentiment",
          "SELECT * FROM read_parquet('"
              + local.glob(table.dataset())
              + "', hive_partitioning = true, hive_types_autocast = false)",
          "SELECT event_time[:10] AS dt, product_id, count(*) AS reviews, count(rating) AS ratings,"
              + " sum(rating)::DOUBLE / count(rating)::DOUBLE AS mean_rating, count(*) FILTER (score"
              + " > 0) AS positive, count(*) FILTER (score = 0) AS neutral, count(*) FILTER (score <"
              + " 0) AS negative, sum(score)::DOUBLE / 10000 / count(score)::DOUBLE AS"
              + " mean_sentiment FROM read_csv('"
              + input.resolve("events.csv")
              + "', header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"',"
              + " nullstr = '', columns = {event_time: 'VARCHAR', event_type: 'VARCHAR', product_id:"
              + " 'VARCHAR', rating: 'INTEGER', review: 'VARCHAR'}) LEFT JOIN scores USING (review)"
              + " WHERE event_type = 'review' AND product_id IS NOT NULL GROUP BY ALL");
      assertThat(local.manifests(table.dataset())).hasSize(3);
    }
  }

  private static List<String> reviews(Random random) {
    var texts = List.copyOf(TEXTS.keySet());
    var lines = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "2024-05-0%dT%02d:30:00Z,%s,%s,%s,%s",
              1 + 2 * random.nextInt(2),
              random.nextInt(23),
              random.nextInt(8) == 0 ? "view" : "review",
              random.nextInt(8) == 0 ? "" : "p" + random.nextInt(6),
              random.nextInt(3) == 0 ? "" : random.nextInt(6),
              random.nextInt(3) == 0 ? "" : '"' + texts.get(random.nextInt(texts.size())) + '"'));
    }
    return lines;
  }

  /** Who wrote what is personal; how many liked a product is not. */
  @Test
  void noColumnIsPersonal() {
    var table = new Reviews().tables().get(0);
    assertThat(table.description().personalColumns()).isEmpty();
    assertThat(table.description().columns())
        .extracting(TableDescription.Column::name)
        .contains("mean_sentiment");
  }
}
