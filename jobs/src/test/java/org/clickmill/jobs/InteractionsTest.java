package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publication;
import org.clickmill.formats.warehouse.Publication.Outcome;
import org.clickmill.jobs.interactions.Interactions;
import org.clickmill.jobs.interactions.InteractionsDays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InteractionsTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 2, 28);
  private static final LocalDate LAST = FIRST.plusDays(1);
  private static final List<String> EVENTS =
      List.of(
          "event_time,event_type,product_id,user_id,quantity",
          "2024-02-28T10:00:00Z,view,p2,u2,1",
          "2024-02-28T10:00:00Z,purchase,p2,u2,9",
          "2024-02-28T10:00:00Z,remove_from_cart,p3,u3,1",
          "2024-02-28T10:00:00Z,wish,p1,u2,1",
          "2024-02-28T10:00:00Z,view,,u1,1",
          "2024-02-28T10:00:00Z,view,p1,,1",
          "2024-02-29T10:00:00Z,view,p2,u2,1",
          "2024-02-29T10:00:00Z,cart,p10,u1,1");

  @TempDir private Path folder;
  private LocalWarehouse local;
  private TableRuns runs;

  @BeforeEach
  void importEvents() throws Exception {
    var input = folder.resolve("input");
    Files.createDirectories(input);
    Files.write(input.resolve("events.csv"), EVENTS);
    local = new LocalWarehouse(folder).set("clickmill.reducers", 2);
    local.importFiles(input, "clickmill");
    local.compact();
    runs = new TableRuns(local);
    runs.run(new InteractionsDays(), List.of(FIRST, LAST));
  }

  @Test
  void eventsOfAPairAreCountedOverTheDaysAndNumbersHaveNoGaps() throws Exception {
    runs.run(new Interactions(), List.of(LAST));
    var partition = Partition.ofDay("interactions", LAST);
    assertThat(local.column(partition, "user_id")).containsExactlyInAnyOrder("u1", "u2");
    assertThat(local.column(partition, "rating")).containsExactlyInAnyOrder(3.0, 7.0);
    var users = Partition.ofDay("interactions_users", LAST);
    assertThat(local.column(users, "user_id")).containsExactly("u1", "u2");
    assertThat(local.column(users, "user_index")).containsExactly(0L, 1L);
    var products = Partition.ofDay("interactions_products", LAST);
    assertThat(local.column(products, "product_id")).containsExactly("p10", "p2");
    assertThat(local.column(products, "product_index")).containsExactly(0L, 1L);
  }

  @Test
  void aTableThatIsAskedForAloneIsPublishedAlone() throws Exception {
    var publications =
        runs.run(
            new Interactions(), table -> table.dataset().equals("interactions"), List.of(LAST));
    assertThat(publications)
        .extracting(Publication::partition)
        .containsExactly(Partition.ofDay("interactions", LAST));
    assertThat(local.manifests("interactions_users")).isEmpty();
    assertThat(
            runs.run(
                new Interactions(),
                table -> table.dataset().equals("interactions_users"),
                List.of(FIRST, LAST)))
        .extracting(Publication::partition)
        .containsExactlyInAnyOrder(
            Partition.ofDay("interactions_users", FIRST),
            Partition.ofDay("interactions_users", LAST));
  }

  @Test
  void numbersAreThoseOfTheNewDictionaryNotOfThePublishedOne() throws Exception {
    local.set("clickmill.interactions.weights", "purchase=1");
    runs.run(new Interactions(), List.of(LAST));
    assertThat(local.column(Partition.ofDay("interactions", LAST), "user_index"))
        .containsExactly(0L);
    local.set("clickmill.interactions.weights", "purchase=1,cart=1");
    assertThat(runs.run(new Interactions(), List.of(LAST)))
        .hasSize(3)
        .allMatch(publication -> publication.version() == 2);
    assertThat(local.column(Partition.ofDay("interactions", LAST), "user_index"))
        .containsExactlyInAnyOrder(0L, 1L);
  }

  @Test
  void windowWithoutInteractionsHasNoRows() throws Exception {
    local.set("clickmill.interactions.weights", "return=1");
    assertThat(runs.run(new Interactions(), List.of(FIRST, LAST)))
        .hasSize(6)
        .allMatch(publication -> publication.outcome() == Outcome.PUBLISHED);
    assertThat(local.manifests("interactions").values())
        .allMatch(manifest -> manifest.fingerprint().rows() == 0);
  }

  @Test
  void userWithManyProductsIsRatedAsOthersAre() throws Exception {
    var lines = new ArrayList<>(List.of("event_time,event_type,product_id,user_id"));
    var expected = new TreeMap<String, Double>();
    for (int i = 0; i < 3_000; i++) {
      var product = "p" + (i * 7919) % 1_700;
      var user = i % 3 == 0 ? "few" + i % 90 : "many";
      lines.add((i < 2_000 ? FIRST : LAST) + "T10:00:00Z,view," + product + "," + user);
      expected.merge(user + " " + product, 1.0, Double::sum);
    }
    var input = Files.createDirectories(folder.resolve("many/input"));
    Files.write(input.resolve("events.csv"), lines);
    var other =
        new LocalWarehouse(folder.resolve("many")).set("clickmill.compact.deduplicate", "none");
    other.importFiles(input, "clickmill");
    other.compact();
    var otherRuns = new TableRuns(other);
    otherRuns.run(new InteractionsDays(), List.of(FIRST, LAST));

    otherRuns.run(new Interactions(), List.of(LAST));

    var partition = Partition.ofDay("interactions", LAST);
    var users = other.column(partition, "user_id");
    var products = other.column(partition, "product_id");
    var ratings = other.column(partition, "rating");
    var found = new TreeMap<String, Double>();
    for (int row = 0; row < users.size(); row++) {
      found.put(users.get(row) + " " + products.get(row), (Double) ratings.get(row));
    }
    assertThat(found).isEqualTo(expected).hasSize(users.size());
    assertThat(products.subList(products.size() - 1_000, products.size()))
        .isSortedAccordingTo(Comparator.comparing(Object::toString));
  }
}
