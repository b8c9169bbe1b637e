package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.DuckDb;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.RandomVisits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics stand beside built-in tables: what changes is stale, what is too large fails alone. */
final class MetricsTest {
  private static final String BY_PRODUCT =
      """
      name: by_product
      description: Events by product.
      from: events
      where: event_type <> 'wish'
      by: {product_id: product_id}
      measures: {events: count()}
      """;
  private static final String OF_SHOP =
      """
      name: of_shop
      description: Events of the shop.
      from: events
      measures: {events: count()}
      """;

  @TempDir private Path folder;
  private LocalWarehouse local;

  @BeforeEach
  void importDays() throws IOException, InterruptedException {
    var input = folder.resolve("input");
    for (var day : new RandomVisits(7, 2).events().entrySet()) {
      RandomVisits.write(input, day.getKey().toString(), day.getValue());
    }
    local = new LocalWarehouse(folder).set("clickmill.metrics", folder.resolve("metrics"));
    local.importFiles(input, "clickmill");
    write("by_product", BY_PRODUCT);
    write("of_shop", OF_SHOP);
  }

  @Test
  void onlyThePartitionsOfAMetricThatIsTooLargeAreRefused() throws IOException {
    local.set("clickmill.metrics.max-rows", 2);
    var report = run();
    assertThat(report.refused())
        .containsExactlyInAnyOrder(
            "by_product/dt=2024-02-27 has more than 2 rows and is not published",
            "by_product/dt=2024-02-28 has more than 2 rows and is not published");
    assertThat(local.manifests("of_shop")).hasSize(2);
    assertThat(local.manifests("view_counts")).hasSize(2);
    assertThat(local.manifests("by_product")).isEmpty();

    local.set("clickmill.metrics.max-rows", 100);
    assertThat(run().refused()).isEmpty();
    assertThat(local.manifests("by_product")).hasSize(2);
  }

  /** Snapshots are planned until nothing more is published. */
  @Test
  void partitionThatIsRefusedIsComputedOnce() throws IOException {
    write(
        "of_customers",
        """
        name: of_customers
        description: Customers by who they are.
        from: customers
        by: {customer: user_id}
        measures: {customers: count()}
        """);
    write(
        "number_of_customers",
        """
        name: number_of_customers
        description: How many customers there are.
        from: customers
        measures: {customers: count()}
        """);
    local.set("clickmill.metrics.max-rows", 2);
    var report = run();
    assertThat(report.refused()).anyMatch(text -> text.startsWith("of_customers/dt=2024-02-28 "));
    var customers =
        local.manifests("customers").values().stream()
            .mapToLong(manifest -> manifest.fingerprint().rows())
            .sum();
    assertThat(report.steps())
        .filteredOn(step -> step.step().equals("metrics"))
        .extracting(StepReport::recordsIn)
        .containsExactly(customers);
  }

  @Test
  void ratioOverNothingIsNull() throws Exception {
    write(
        "ratios",
        """
        name: ratios
        description: Events over none of them.
        from: events
        measures: {events: count(), none: count() filter (where quantity < -1000000)}
        ratios: {quotient: events / none, zero: none / events}
        """);
    assertThat(run().notReady()).isEmpty();
    try (var duck = new DuckDb()) {
      assertThat(
              duck.rows(
                  "SELECT DISTINCT quotient IS NULL, zero FROM read_parquet('"
                      + local.glob("ratios")
                      + "')"))
          .containsExactly(List.of("true", "0.0"));
    }
  }

  @Test
  void metricThatChangesIsStaleAndOneThatIsRemovedKeepsItsData() throws IOException {
    run();
    write("by_product", BY_PRODUCT.replace("Events by product.", "Other words."));
    assertThat(plan()).allMatch(partition -> partition.state() == State.FRESH);

    write("by_product", BY_PRODUCT.replace("'wish'", "'view'"));
    var stale = plan().stream().filter(partition -> partition.state() == State.STALE).toList();
    assertThat(stale).hasSize(2);
    assertThat(stale)
        .allSatisfy(
            partition -> {
              assertThat(partition.entry().table().dataset()).isEqualTo("by_product");
              assertThat(partition.reason()).startsWith("setting changed: declaration from ");
            });

    Files.delete(folder.resolve("metrics/by_product.yaml"));
    assertThat(plan()).allMatch(partition -> partition.state() == State.FRESH);
    run();
    assertThat(local.manifests("by_product")).hasSize(2);
  }

  @Test
  void metricsOfWeeksAndMonthsAreComputedOnAnyOfTheirDays() throws IOException {
    local.set("clickmill.sales.tables", "sales,sales_weekly,sales_monthly");
    for (var period : List.of("weekly", "monthly")) {
      write(
          period,
          """
          name: of_%1$s
          description: Revenue of sales_%1$s.
          from: sales_%1$s
          measures: {revenue: sum(revenue)}
          """
              .formatted(period));
    }
    var day = LocalDate.of(2024, 2, 28);
    var pipeline = new Pipeline(local.run(), entries(), PlanOptions.DEFAULT);
    assertThat(pipeline.run(new DayRange(day, day)).notReady()).isEmpty();
    assertThat(local.manifests("of_weekly").keySet())
        .containsExactly(Partition.ofDay("of_weekly", LocalDate.of(2024, 2, 26)));
    assertThat(local.manifests("of_monthly").keySet())
        .containsExactly(Partition.ofDay("of_monthly", LocalDate.of(2024, 2, 1)));
    assertThat(pipeline.plan(new DayRange(day, day)))
        .allMatch(partition -> partition.state() == State.FRESH);
  }

  private void write(String name, String yaml) throws IOException {
    var files = Files.createDirectories(folder.resolve("metrics"));
    Files.writeString(files.resolve(name + ".yaml"), yaml);
  }

  private PipelineReport run() throws IOException {
    return new Pipeline(local.run(), entries(), PlanOptions.DEFAULT).run(DayRange.ALL);
  }

  private List<PlannedPartition> plan() throws IOException {
    return new Pipeline(local.run(), entries(), PlanOptions.DEFAULT).plan(DayRange.ALL);
  }

  private List<Suite.Entry> entries() {
    var entries = Suite.entries(local.configuration());
    var names =
        entries.stream()
            .filter(entry -> entry.isMetric() || entry.table().dataset().equals("view_counts"))
            .map(entry -> entry.table().dataset())
            .toList();
    return Suite.withInputs(names, entries);
  }
}
