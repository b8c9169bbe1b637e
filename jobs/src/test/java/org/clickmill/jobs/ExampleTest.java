package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.clickmill.formats.table.EventRows;
import org.clickmill.jobs.example.ReturnedProducts;
import org.clickmill.jobs.kernel.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The analysis that CONTRIBUTING.md builds works, and stands there as it is compiled. */
final class ExampleTest {
  private static final Path SOURCES = Path.of("src/test");
  private static final Pattern SHOWN =
      Pattern.compile("<!-- (\\S+) -->\\s*```\\w+\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void exampleEqualsTheAnswerOfSql() throws Exception {
    long seed = new Random().nextLong();
    var input = folder.resolve("input");
    new RandomDays(seed).write(input, 5);
    var local = new LocalWarehouse(folder);
    local.importFiles(input, "clickmill");
    local.compact();
    var example = new ReturnedProducts();
    example.check(dataset -> EventRows.SCHEMA, local.configuration());
    var table = example.tables().get(0);
    var catalog = local.catalog("events_daily", table.dataset());
    var requests =
        catalog.manifests("events_daily").keySet().stream()
            .map(day -> new Request(table, day.day()))
            .toList();
    local.fold(catalog, Map.of(example, requests));

    try (var duck = new DuckDb()) {
      duck.readEvents(input);
      duck.dropRepeatedEventIds();
      duck.assertSame(
          "seed " + seed,
          "dt, product_id, lines, units, returned_revenue",
          "SELECT * FROM read_parquet('"
              + local.glob(table.dataset())
              + "', hive_partitioning = true,"
              + " hive_types_autocast = false)",
          "SELECT dt, product_id, count(*) AS lines, sum(abs(quantity))::BIGINT AS units,"
              + " sum(price * abs(quantity))::DECIMAL(18,4) AS returned_revenue FROM lines"
              + " WHERE kind = 'returned' AND product_id IS NOT NULL GROUP BY ALL");
    }
  }

  @Test
  void guideShowsTheCodeThatIsCompiled() throws Exception {
    var guide = Path.of("../CONTRIBUTING.md");
    assumeThat(Files.exists(guide)).isTrue();
    var shown = SHOWN.matcher(Files.readString(guide));
    var files = new java.util.ArrayList<String>();
    while (shown.find()) {
      var source = Files.readString(SOURCES.resolve(shown.group(1)));
      for (var piece : List.of(shown.group(2).split("(?m)^ *// …\\n"))) {
        assertThat(source).as(shown.group(1)).contains(piece);
      }
      files.add(Path.of(shown.group(1)).getFileName().toString());
    }
    assertThat(files).containsExactly("returned_products.avsc", "ReturnedProducts.java");
  }
}
