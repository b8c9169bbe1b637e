package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.junit.jupiter.api.Test;

/** Plans of tables whose days hang together: sessions, windows and snapshots. */
final class LinkedDaysTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 2, 27);
  private static final int DAYS = 4;

  private final TreeMap<Partition, Manifest> published = new TreeMap<>();
  private final Configuration configuration = new Configuration(false);

  @Test
  void everythingIsFreshWhenNothingChanged() {
    publishAll(DAYS);
    assertThat(stale(day(1), day(2), day(3), day(4))).isEmpty();
  }

  @Test
  void newDayMakesTheSessionsOfTheDayBeforeStaleToo() {
    publishAll(DAYS - 1);
    sealHours(day(4));
    publish("events_daily", day(4), 1);
    assertThat(stale(day(4)))
        .contains("sessions/dt=2024-02-29", "funnel_sessions/dt=2024-02-29")
        .contains("sessions/dt=2024-03-01", "open_sessions/dt=2024-03-01")
        .doesNotContain("open_sessions/dt=2024-02-29", "sessions/dt=2024-02-28");
  }

  @Test
  void changedDayMakesTheNextOnlyPerhapsStale() {
    publishAll(DAYS);
    publish("events_daily", day(2), 2);
    var days = List.of(day(1), day(2), day(3), day(4));
    var plan = planner(PlanOptions.DEFAULT).plan(Suite.entries(configuration), days);
    assertThat(names(plan, State.STALE))
        .contains("sessions/dt=2024-02-27", "sessions/dt=2024-02-28", "open_sessions/dt=2024-02-28")
        .doesNotContain("sessions/dt=2024-02-29", "open_sessions/dt=2024-02-29");
    assertThat(names(plan, State.MAY_BECOME_STALE))
        .contains("sessions/dt=2024-02-29", "open_sessions/dt=2024-02-29", "funnel/dt=2024-02-28");
  }

  @Test
  void dayAfterAMissingOneLacksWhatWasOpenBefore() {
    publishAll(2);
    sealHours(day(4));
    publish("events_daily", day(4), 1);
    var plan =
        planner(PlanOptions.DEFAULT).plan(Suite.entries(configuration), List.of(day(3), day(4)));
    assertThat(names(plan, State.NOT_READY))
        .contains(
            "events_daily/dt=2024-02-29",
            "sessions/dt=2024-03-01",
            "customers/dt=2024-03-01",
            "trending/dt=2024-03-01")
        .doesNotContain("view_counts/dt=2024-03-01", "customer_days/dt=2024-03-01");
    var incomplete =
        planner(new PlanOptions(false, true, Snapshots.LAST_DAY))
            .plan(Suite.entries(configuration), List.of(day(3), day(4)));
    assertThat(names(incomplete, State.STALE))
        .contains("sessions/dt=2024-03-01", "open_sessions/dt=2024-03-01");
    assertThat(names(incomplete, State.NOT_READY))
        .contains("events_daily/dt=2024-02-29", "sessions/dt=2024-02-29");
  }

  @Test
  void snapshotsAreMadeForTheLastDayAndRenewedWhereTheyAre() {
    publishAll(DAYS);
    published.remove(Partition.ofDay("customers", day(2)));
    published.remove(Partition.ofDay("customers", day(4)));
    publish("customer_days", day(1), 2);
    assertThat(stale(day(1), day(2), day(3), day(4)))
        .contains("customers/dt=2024-02-27", "customers/dt=2024-02-29", "customers/dt=2024-03-01")
        .doesNotContain("customers/dt=2024-02-28");
    var everyDay =
        planner(new PlanOptions(false, false, Snapshots.EVERY_DAY))
            .plan(Suite.entries(configuration), List.of(day(1), day(2), day(3), day(4)));
    assertThat(names(everyDay, State.STALE)).contains("customers/dt=2024-02-28");
  }

  @Test
  void olderEventsThanTheFirstMakeWindowsAndSnapshotsStale() {
    publishAll(DAYS);
    var older = FIRST.minusDays(1);
    sealHours(older);
    publish("events_daily", older, 1);
    publish("view_counts", older, 1);
    publish("customer_days", older, 1);
    assertThat(stale(day(4))).contains("trending/dt=2024-03-01", "customers/dt=2024-03-01");
  }

  private static LocalDate day(int number) {
    return FIRST.plusDays(number - 1L);
  }

  private List<String> stale(LocalDate... days) {
    var plan = planner(PlanOptions.DEFAULT).plan(Suite.entries(configuration), List.of(days));
    return names(plan, State.STALE);
  }

  private Planner planner(PlanOptions options) {
    return new Planner(Catalog.of(published), configuration, options);
  }

  private static List<String> names(List<PlannedPartition> plan, State state) {
    return plan.stream()
        .filter(partition -> partition.state() == state)
        .map(partition -> partition.partition().toString())
        .toList();
  }

  /** Publishes everything of the first days as a pipeline with a snapshot for every day would. */
  private void publishAll(int days) {
    for (int number = 1; number <= days; number++) {
      sealHours(day(number));
    }
    for (var level : Suite.levels(Suite.entries(configuration))) {
      for (var entry : level) {
        for (int number = 1; number <= days; number++) {
          publish(entry.table().dataset(), day(number), 1);
        }
      }
    }
    // Again, now that every input is there.
    for (var entry : Suite.entries(configuration)) {
      for (int number = 1; number <= days; number++) {
        publish(entry.table().dataset(), day(number), 1);
      }
    }
  }

  private void sealHours(LocalDate day) {
    IntStream.range(0, 24)
        .mapToObj(hour -> Partition.ofHour("events", day, hour))
        .forEach(hour -> published.put(hour, manifest(hour, 1, List.of(), 1, new TreeMap<>())));
  }

  private void publish(String dataset, LocalDate day, int version) {
    var table =
        Suite.entries(configuration).stream()
            .map(Suite.Entry::table)
            .filter(candidate -> candidate.dataset().equals(dataset))
            .findFirst()
            .orElseThrow();
    var catalog = Catalog.of(published);
    var inputs = catalog.inputs(table.inputs().of(day, catalog.firstDay()));
    var partition = table.partition(day);
    published.put(
        partition,
        manifest(partition, version, inputs, table.logicVersion(), table.settings(configuration)));
  }

  private static Manifest manifest(
      Partition partition,
      int version,
      List<Manifest.Input> inputs,
      int logicVersion,
      SortedMap<String, String> settings) {
    return new Manifest(
        Manifest.FORMAT_VERSION,
        partition.dataset(),
        partition.path(),
        version,
        version,
        List.of(),
        inputs,
        "test",
        logicVersion,
        settings,
        new TreeMap<>(),
        new Fingerprint(1, version, 0),
        List.of(),
        "run",
        "user",
        "1",
        Instant.EPOCH);
  }
}
