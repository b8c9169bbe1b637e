package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Manifest.Input;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.sales.Sales;
import org.clickmill.jobs.views.TopProducts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans over catalogs that were never on a disk. */
final class PlannerTest {
  private static final LocalDate MONDAY = LocalDate.of(2019, 9, 30);
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);
  private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);
  private static final long HOUR_BYTES = 10;
  private static final Set<String> COMMANDS =
      Set.of("compact", "view-counts", "sales", "top-products");

  private final TreeMap<Partition, Manifest> published = new TreeMap<>();
  private final Configuration configuration = new Configuration(false);

  @BeforeEach
  void wantFewTables() {
    configuration.set(Sales.TABLES.name(), "sales");
  }

  @Test
  void levelsFollowTheInputs() {
    var levels =
        Suite.levels(entries()).stream()
            .map(level -> level.stream().map(entry -> entry.table().dataset()).toList())
            .toList();
    assertThat(levels)
        .containsExactly(
            List.of("events_daily"),
            List.of("view_counts", "view_counts_hourly", "sales"),
            List.of("top_products"));
  }

  @Test
  void tablesOfOneCommandAreTheirOwnFirstLevel() {
    assertThat(Suite.levels(List.of(entry("top_products")))).hasSize(1);
  }

  @Test
  void nothingIsPlannedWithoutEvents() {
    assertThat(planner().days(DayRange.ALL)).isEmpty();
    assertThat(plan(List.of())).isEmpty();
  }

  @Test
  void rangeIsFromTheOldestDayToTheNewestWholeOne() {
    sealHours(MONDAY, 5, 24);
    sealHours(TUESDAY, 0, 24);
    sealHours(WEDNESDAY, 0, 23);
    assertThat(planner().days(DayRange.ALL)).containsExactly(MONDAY, TUESDAY);
  }

  @Test
  void rangeWithoutAnyWholeDayIsEmpty() {
    sealHours(MONDAY, 0, 12);
    assertThat(planner().days(DayRange.ALL)).isEmpty();
  }

  @Test
  void rangeThatIsGivenIsKept() {
    sealHours(TUESDAY, 0, 24);
    assertThat(planner().days(new DayRange(MONDAY, WEDNESDAY)))
        .containsExactly(MONDAY, TUESDAY, WEDNESDAY);
    assertThat(planner().days(new DayRange(MONDAY, null))).containsExactly(MONDAY, TUESDAY);
    assertThat(planner().days(new DayRange(null, WEDNESDAY))).containsExactly(TUESDAY, WEDNESDAY);
    assertThat(planner().days(new DayRange(WEDNESDAY, null))).isEmpty();
  }

  @Test
  void everythingIsStaleWhenNothingIsComputed() {
    sealHours(MONDAY, 0, 24);
    var plan = plan(List.of(MONDAY));
    assertThat(plan)
        .allSatisfy(
            partition -> {
              assertThat(partition.state()).isEqualTo(State.STALE);
              assertThat(partition.reason()).isEqualTo("not computed yet");
            });
    assertThat(names(plan, State.STALE))
        .containsExactly(
            "events_daily/dt=2019-09-30",
            "view_counts/dt=2019-09-30",
            "view_counts_hourly/dt=2019-09-30",
            "sales/dt=2019-09-30",
            "top_products/dt=2019-09-30");
    assertThat(plan.get(0).inputBytes()).isEqualTo(24 * HOUR_BYTES);
  }

  @Test
  void everythingIsFreshWhenNothingChanged() {
    compute(MONDAY);
    assertThat(plan(List.of(MONDAY)))
        .allSatisfy(
            partition -> {
              assertThat(partition.state()).isEqualTo(State.FRESH);
              assertThat(partition.reason()).isEmpty();
            });
  }

  @Test
  void changedHourMakesItsDayStaleAndWhatFollowsPerhaps() {
    compute(MONDAY);
    compute(TUESDAY);
    publish(Partition.ofHour("events", MONDAY, 7), 2, 1, List.of(), Map.of());
    var plan = plan(List.of(MONDAY, TUESDAY));
    assertThat(reasons(plan, State.STALE))
        .containsExactly(
            Map.entry(
                "events_daily/dt=2019-09-30",
                "input changed: events/dt=2019-09-30/hr=07 from version 1 to 2"));
    assertThat(reasons(plan, State.MAY_BECOME_STALE))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "view_counts/dt=2019-09-30", "input is stale: events_daily/dt=2019-09-30",
                "view_counts_hourly/dt=2019-09-30", "input is stale: events_daily/dt=2019-09-30",
                "sales/dt=2019-09-30", "input is stale: events_daily/dt=2019-09-30",
                "top_products/dt=2019-09-30", "input is stale: view_counts/dt=2019-09-30"));
    assertThat(names(plan, State.FRESH)).hasSize(5).allMatch(name -> name.endsWith("2019-10-01"));
  }

  @Test
  void newRevisionOfTheSameVersionChangesNothing() {
    compute(MONDAY);
    var hour = published.get(Partition.ofHour("events", MONDAY, 7));
    published.put(hour.where(), withRevision(hour, 9));
    assertThat(names(plan(List.of(MONDAY)), State.FRESH)).hasSize(5);
  }

  @Test
  void onlyTheFirstChangesAreNamed() {
    compute(MONDAY);
    for (int hour = 0; hour < 5; hour++) {
      publish(Partition.ofHour("events", MONDAY, hour), 2, 1, List.of(), Map.of());
    }
    assertThat(plan(List.of(MONDAY)).get(0).reason())
        .startsWith("input changed: events/dt=2019-09-30/hr=00 from version 1 to 2, ")
        .endsWith(" and 2 more");
  }

  @Test
  void changedSettingMakesItsTableStale() {
    compute(MONDAY);
    configuration.set(TopProducts.LIMIT.name(), "5");
    var plan = plan(List.of(MONDAY));
    assertThat(reasons(plan, State.STALE))
        .containsExactly(
            Map.entry(
                "top_products/dt=2019-09-30",
                "setting changed: clickmill.top-products.limit from 100 to 5"));
    assertThat(names(plan, State.FRESH)).hasSize(4);
  }

  @Test
  void settingThatIsNoMoreOneMakesTheTableStale() {
    compute(MONDAY);
    var entry = entry("view_counts");
    var partition = entry.table().partition(MONDAY);
    var settings = new TreeMap<>(entry.table().settings(configuration));
    settings.put("clickmill.gone", "1");
    publish(
        partition, 1, entry.table().logicVersion(), published.get(partition).inputs(), settings);
    assertThat(reasons(plan(List.of(MONDAY)), State.STALE))
        .containsExactly(Map.entry("view_counts/dt=2019-09-30", "settings changed"));
  }

  @Test
  void otherLogicIsOutdatedAndRecomputedOnlyWhenAsked() {
    compute(MONDAY);
    var entry = entry("view_counts");
    var partition = entry.table().partition(MONDAY);
    publish(
        partition,
        1,
        entry.table().logicVersion() - 1,
        published.get(partition).inputs(),
        entry.table().settings(configuration));
    var plan = plan(List.of(MONDAY));
    var reason =
        "logic version "
            + (entry.table().logicVersion() - 1)
            + ", now "
            + entry.table().logicVersion();
    assertThat(reasons(plan, State.OUTDATED))
        .containsExactly(Map.entry("view_counts/dt=2019-09-30", reason));
    assertThat(names(plan, State.STALE)).isEmpty();
    assertThat(names(plan, State.MAY_BECOME_STALE)).isEmpty();

    var asked =
        new Planner(
                Catalog.of(published),
                configuration,
                new PlanOptions(true, false, Snapshots.LAST_DAY))
            .plan(entries(), List.of(MONDAY));
    assertThat(reasons(asked, State.STALE))
        .containsExactly(Map.entry("view_counts/dt=2019-09-30", reason));
    assertThat(names(asked, State.MAY_BECOME_STALE)).containsExactly("top_products/dt=2019-09-30");
  }

  @Test
  void dayThatLacksHoursIsNotReadyNorWhatFollows() {
    sealHours(MONDAY, 0, 20);
    var plan = plan(List.of(MONDAY));
    assertThat(reasons(plan, State.NOT_READY))
        .containsEntry(
            "events_daily/dt=2019-09-30",
            "missing input: events/dt=2019-09-30/hr=20, events/dt=2019-09-30/hr=21,"
                + " events/dt=2019-09-30/hr=22 and 1 more")
        .containsEntry("sales/dt=2019-09-30", "missing input: events_daily/dt=2019-09-30")
        .containsEntry("top_products/dt=2019-09-30", "missing input: view_counts/dt=2019-09-30")
        .hasSize(5);
  }

  @Test
  void tablesOfOneCommandAreNotReadyBeforeTheirInput() {
    sealHours(MONDAY, 0, 24);
    var plan =
        new Planner(Catalog.of(published), configuration, PlanOptions.DEFAULT)
            .plan(List.of(entry("top_products")), List.of(MONDAY));
    assertThat(reasons(plan, State.NOT_READY))
        .containsExactly(
            Map.entry("top_products/dt=2019-09-30", "missing input: view_counts/dt=2019-09-30"));
  }

  @Test
  void weekIsPlannedOnceAndReachesBeyondTheRange() {
    configuration.set(Sales.TABLES.name(), "sales_weekly");
    for (var day = MONDAY; day.isBefore(MONDAY.plusWeeks(1)); day = day.plusDays(1)) {
      compute(day);
    }
    var week = plan(List.of(TUESDAY, WEDNESDAY)).stream().filter(PlannerTest::isWeek).toList();
    assertThat(week).hasSize(1);
    assertThat(week.get(0).start()).isEqualTo(MONDAY);
    assertThat(week.get(0).state()).isEqualTo(State.STALE);
    assertThat(week.get(0).inputBytes()).isEqualTo(7 * HOUR_BYTES);

    publishTable(entry("sales_weekly"), MONDAY);
    assertThat(plan(List.of(TUESDAY)))
        .filteredOn(PlannerTest::isWeek)
        .extracting(PlannedPartition::state)
        .containsExactly(State.FRESH);
    // Sunday is not in the range, but in the week.
    var sunday = Partition.ofDay("events_daily", MONDAY.plusDays(6));
    publish(sunday, 2, 1, published.get(sunday).inputs(), published.get(sunday).settings());
    assertThat(reasons(plan(List.of(TUESDAY)), State.STALE))
        .containsEntry(
            "sales_weekly/dt=2019-09-30",
            "input changed: events_daily/dt=2019-10-06 from version 1 to 2");
  }

  @Test
  void weekIsComputedFromTheDaysThereAre() {
    configuration.set(Sales.TABLES.name(), "sales_weekly");
    sealHours(TUESDAY, 0, 24);
    assertThat(names(plan(List.of(TUESDAY)), State.STALE)).contains("sales_weekly/dt=2019-09-30");
    compute(TUESDAY);
    publishTable(entry("sales_weekly"), MONDAY);
    assertThat(names(plan(List.of(TUESDAY)), State.FRESH)).contains("sales_weekly/dt=2019-09-30");

    compute(WEDNESDAY);
    assertThat(reasons(plan(List.of(WEDNESDAY)), State.STALE))
        .containsEntry(
            "sales_weekly/dt=2019-09-30",
            "input changed: events_daily/dt=2019-10-02 from version 0 to 1");
  }

  @Test
  void weekWithoutAnyDayIsNotReady() {
    configuration.set(Sales.TABLES.name(), "sales_weekly");
    assertThat(names(plan(List.of(TUESDAY)), State.NOT_READY))
        .contains("sales_weekly/dt=2019-09-30");
  }

  @Test
  void weekOfADayToBeComputedForTheFirstTimeMayBecomeStale() {
    configuration.set(Sales.TABLES.name(), "sales_weekly");
    compute(MONDAY);
    publishTable(entry("sales_weekly"), MONDAY);
    sealHours(TUESDAY, 0, 24);
    assertThat(reasons(plan(List.of(MONDAY, TUESDAY)), State.MAY_BECOME_STALE))
        .containsEntry("sales_weekly/dt=2019-09-30", "input is stale: events_daily/dt=2019-10-01");
  }

  private static boolean isWeek(PlannedPartition partition) {
    return partition.partition().dataset().equals("sales_weekly");
  }

  private Planner planner() {
    return new Planner(Catalog.of(published), configuration, PlanOptions.DEFAULT);
  }

  private List<PlannedPartition> plan(List<LocalDate> days) {
    return planner().plan(entries(), days);
  }

  private List<Entry> entries() {
    return Suite.entries(configuration).stream()
        .filter(entry -> COMMANDS.contains(entry.command()))
        .toList();
  }

  private Entry entry(String dataset) {
    return entries().stream()
        .filter(entry -> entry.table().dataset().equals(dataset))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void expiredInputsKeepWhatIsMadeOfThemFresh() {
    compute(MONDAY);
    compute(TUESDAY);
    Hours.ofDay(MONDAY).forEach(this::expire);
    expire(Partition.ofDay("events_daily", MONDAY));
    var plan = plan(planner().days(DayRange.ALL));
    assertThat(reasons(plan, State.EXPIRED))
        .containsExactly(Map.entry("events_daily/dt=2019-09-30", "kept for 7 days"));
    assertThat(names(plan, State.FRESH)).hasSize(9);
  }

  @Test
  void whatIsStaleIsNotMadeOfExpiredInput() {
    compute(MONDAY);
    expire(Partition.ofDay("view_counts", MONDAY));
    configuration.set(TopProducts.LIMIT.name(), "7");
    var plan = plan(List.of(MONDAY));
    assertThat(names(plan, State.STALE)).isEmpty();
    assertThat(reasons(plan, State.EXPIRED).get("top_products/dt=2019-09-30"))
        .isEqualTo(
            "setting changed: clickmill.top-products.limit from 100 to 7, but input has expired:"
                + " view_counts/dt=2019-09-30");
  }

  private void expire(Partition partition) {
    var before = published.get(partition);
    published.put(
        partition,
        new Manifest(
            before.formatVersion(),
            before.dataset(),
            before.partition(),
            before.version(),
            before.revision() + 1,
            List.of(),
            before.inputs(),
            before.analysis(),
            before.logicVersion(),
            before.settings(),
            before.counts(),
            before.fingerprint(),
            before.sources(),
            "expiring",
            before.user(),
            before.suiteVersion(),
            before.createdAt(),
            new Manifest.Expired(7, 1, before.bytes(), before.createdAt(), before.runId()),
            List.of()));
  }

  private static List<String> names(List<PlannedPartition> plan, State state) {
    return plan.stream()
        .filter(partition -> partition.state() == state)
        .map(partition -> partition.partition().toString())
        .toList();
  }

  private static Map<String, String> reasons(List<PlannedPartition> plan, State state) {
    return plan.stream()
        .filter(partition -> partition.state() == state)
        .collect(
            Collectors.toMap(
                partition -> partition.partition().toString(), PlannedPartition::reason));
  }

  /** Publishes everything of a day as the pipeline would, but no weeks. */
  private void compute(LocalDate day) {
    sealHours(day, 0, 24);
    Suite.levels(entries()).stream()
        .flatMap(List::stream)
        .filter(entry -> !entry.table().dataset().equals("sales_weekly"))
        .forEach(entry -> publishTable(entry, day));
  }

  private void publishTable(Entry entry, LocalDate start) {
    var inputs = entry.table().inputs().of(start, Catalog.of(published).firstDay());
    publish(
        entry.table().partition(start),
        1,
        entry.table().logicVersion(),
        Catalog.of(published).inputs(inputs),
        entry.table().settings(configuration));
  }

  private void sealHours(LocalDate day, int from, int to) {
    IntStream.range(from, to)
        .mapToObj(hour -> Partition.ofHour("events", day, hour))
        .forEach(hour -> publish(hour, 1, 1, List.of(), Map.of()));
  }

  private void publish(
      Partition partition,
      int version,
      int logicVersion,
      List<Input> inputs,
      Map<String, String> settings) {
    published.put(
        partition,
        new Manifest(
            Manifest.FORMAT_VERSION,
            partition.dataset(),
            partition.path(),
            version,
            version,
            List.of(new DataFile("part-0", HOUR_BYTES, 1, "crc32c:00000000")),
            inputs,
            "test",
            logicVersion,
            new TreeMap<>(settings),
            new TreeMap<>(),
            new Fingerprint(1, version, 0),
            List.of(),
            "run",
            "user",
            "1",
            Instant.EPOCH));
  }

  private static Manifest withRevision(Manifest manifest, int revision) {
    return new Manifest(
        manifest.formatVersion(),
        manifest.dataset(),
        manifest.partition(),
        manifest.version(),
        revision,
        manifest.files(),
        manifest.inputs(),
        manifest.analysis(),
        manifest.logicVersion(),
        manifest.settings(),
        manifest.counts(),
        manifest.fingerprint(),
        manifest.sources(),
        manifest.runId(),
        manifest.user(),
        manifest.suiteVersion(),
        manifest.createdAt());
  }
}
