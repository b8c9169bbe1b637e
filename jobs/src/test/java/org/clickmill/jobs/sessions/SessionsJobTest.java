package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.RandomVisits;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.FoldJob;
import org.clickmill.jobs.kernel.Outcome;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions and funnels as jobs: the same rows in any shape, however the days came in. */
final class SessionsJobTest {
  private static final int DAYS = 5;
  private static final LocalDate FIRST = RandomVisits.FIRST;
  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1L);

  @TempDir private Path folder;

  @Test
  void splitsAndReducersChangeNothingAndSessionsEqualBruteForce() throws Exception {
    long seed = new Random().nextLong();
    var events = new RandomVisits(seed, DAYS).events();
    var local = warehouse("whole");
    write("whole", events);
    local.importFiles(folder.resolve("whole-input"), "clickmill");
    local.compact();
    computeAll(local, FIRST, LAST);
    var expected = fingerprints(local);
    compareWithBruteForce(seed, events, local);
    for (int splits : new int[] {1, 2, 7}) {
      for (int reducers : new int[] {1, 2, 5}) {
        local.set("clickmill.split.count", splits).set("clickmill.reducers", reducers);
        computeAll(local, FIRST, LAST);
        assertThat(fingerprints(local))
            .as("seed %d, %d splits, %d reducers", seed, splits, reducers)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void sessionsThatMetACapAreFlaggedAndCountedInTheManifest() throws Exception {
    var local = warehouse("capped");
    local.set("clickmill.sessions.max-cart-products", 1);
    var events = new TreeMap<LocalDate, List<String>>();
    // The second of two sessions has two products in its cart.
    events.put(
        FIRST,
        List.of(
            FIRST + "T10:00:00Z,cart,p1,,,,1.0,1,v1,,,,",
            FIRST + "T10:00:00Z,cart,p1,,,,1.0,1,v2,,,,",
            FIRST + "T10:00:01Z,cart,p2,,,,1.0,1,v2,,,,"));
    write("capped", events);
    local.importFiles(folder.resolve("capped-input"), "clickmill");
    local.compact();
    computeAll(local, FIRST, FIRST);
    var partition = Partition.ofDay(Sessions.SESSIONS, FIRST);
    var visitors = local.column(partition, "visitor");
    var capped = local.column(partition, "is_capped");
    assertThat(visitors).containsExactlyInAnyOrder("v1", "v2");
    assertThat(capped.get(visitors.indexOf("v2"))).isEqualTo(true);
    assertThat(capped.get(visitors.indexOf("v1"))).isEqualTo(false);
    assertThat(local.manifests(Sessions.SESSIONS).get(partition).counts())
        .containsEntry("is_capped", 1L);
  }

  @Test
  void daysThatComeOneByOneAreFinishedWithoutBeingReadAgain() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var events = new RandomVisits(seed, DAYS).events();
    // An import seals the days from its first event to its last, so each day needs one.
    events.forEach((day, lines) -> lines.add(day + "T12:00:00Z,view,p1,,,,1.0,1,v0,,,,"));
    var local = warehouse("days");
    local.set("clickmill.split.count", random.nextInt(4));
    for (var day : events.keySet()) {
      write("days", new TreeMap<>(Map.of(day, events.get(day))));
      local.importFiles(folder.resolve("days-input"), "clickmill");
      local.compact();
      var before = day.minusDays(1);
      var outcome = compute(local, day, day.equals(FIRST) ? List.of() : List.of(before));
      long read =
          Stream.of(Sessions.OPEN_SESSIONS, Sessions.SESSIONS, Sessions.FUNNEL_SESSIONS)
              .mapToLong(dataset -> rows(outcome.before, Partition.ofDay(dataset, before)))
              .sum();
      assertThat(outcome.outcome.rowsRead())
          .as("seed %d, %s", seed, day)
          .isEqualTo(read + rows(outcome.before, Partition.ofDay(Datasets.EVENTS_DAILY, day)));
      funnel(local, FIRST, day);
    }
    assertSameAsAllAtOnce(seed, events, local);
  }

  @Test
  void trialCountsLikeTheTableAndLeavesNothing() throws Exception {
    long seed = new Random().nextLong();
    var local = warehouse("trial");
    write("trial", new RandomVisits(seed, DAYS).events());
    local.importFiles(folder.resolve("trial-input"), "clickmill");
    local.compact();
    computeAll(local, FIRST, LAST);
    var expected = fingerprints(local);
    var days = FIRST.datesUntil(LAST.plusDays(1)).toList();
    var run = local.run();
    var outcome =
        new FunnelTrial("view, cart", "10m", null)
            .run(
                run,
                local.catalog(FunnelTrial.datasets().toArray(String[]::new)),
                SessionsJobTest::schemaOf,
                days.subList(1, DAYS));
    var sessions = new TreeMap<Long, Long>();
    for (var day : days.subList(1, DAYS)) {
      var partition = Partition.ofDay("funnel", day);
      var funnels = local.column(partition, "funnel");
      var steps = local.column(partition, "step");
      var counts = local.column(partition, "sessions");
      for (int i = 0; i < funnels.size(); i++) {
        if (funnels.get(i).equals("quick")) {
          sessions.merge((Long) steps.get(i), (Long) counts.get(i), Long::sum);
        }
      }
    }
    assertThat(outcome.steps())
        .as("seed %d", seed)
        .extracting(FunnelResult::stepName)
        .containsExactly("view", "cart");
    for (var step : outcome.steps()) {
      assertThat(sessions.getOrDefault((long) step.step(), 0L))
          .as("seed %d", seed)
          .isEqualTo(step.sessions());
    }
    assertThat(fingerprints(local)).isEqualTo(expected);
    assertThat(
            local.warehouse().fileSystem().exists(local.warehouse().stagingOf(run.id() + ".trial")))
        .isFalse();
  }

  @Test
  void dayThatIsReplacedFinishesTheDayBeforeAnew() throws Exception {
    long seed = new Random().nextLong();
    var events = new RandomVisits(seed, DAYS).events();
    var local = warehouse("replaced");
    write("replaced", events);
    local.importFiles(folder.resolve("replaced-input"), "clickmill");
    local.compact();
    computeAll(local, FIRST, LAST);
    var day = FIRST.plusDays(2);
    events.put(day, otherEvents(seed, day));
    write("replaced", new TreeMap<>(Map.of(day, events.get(day))));
    local.importFiles(folder.resolve("replaced-input"), LocalWarehouse.replacing("clickmill"));
    local.compact();
    compute(local, day, List.of(day.minusDays(1)));
    // What was open on that day may have changed, and so on.
    compute(local, day.plusDays(1), List.of());
    compute(local, day.plusDays(2), List.of());
    funnel(local, FIRST, LAST);
    assertSameAsAllAtOnce(seed, events, local);
  }

  /** Events of a day of another run of days, some at least. */
  private static List<String> otherEvents(long seed, LocalDate day) {
    for (long other = seed + 1; ; other++) {
      var events = new RandomVisits(other, DAYS).events().get(day);
      if (!events.isEmpty()) {
        return events;
      }
    }
  }

  private void assertSameAsAllAtOnce(
      long seed, SortedMap<LocalDate, List<String>> events, LocalWarehouse local) throws Exception {
    var fresh = warehouse("fresh");
    write("fresh", events);
    fresh.importFiles(folder.resolve("fresh-input"), "clickmill");
    fresh.compact();
    computeAll(fresh, FIRST, LAST);
    assertThat(fingerprints(local)).as("seed %d", seed).isEqualTo(fingerprints(fresh));
  }

  private static void compareWithBruteForce(
      long seed, SortedMap<LocalDate, List<String>> events, LocalWarehouse local) throws Exception {
    var byVisitor = new TreeMap<String, List<PlainEvent>>();
    for (var line : events.values().stream().flatMap(List::stream).toList()) {
      var fields = line.split(",", -1);
      var type = Stream.of(EventType.values()).filter(t -> t.text().equals(fields[1])).findFirst();
      if (type.isPresent()) {
        var visit = new FakeBatch.VisitorEvent(text(fields[8]), null, event(fields, type.get()));
        byVisitor.computeIfAbsent(visit.key(), any -> new ArrayList<>()).add(visit.event());
      }
    }
    var expected = new TreeMap<LocalDate, List<String>>();
    for (var session : PlainSessions.of(byVisitor, LAST.toEpochDay() * 86_400_000L)) {
      expected.computeIfAbsent(session.day(), any -> new ArrayList<>()).add(session.row());
    }
    for (var day : events.keySet()) {
      assertThat(sessions(local, day))
          .as("seed %d, %s", seed, day)
          .containsExactlyInAnyOrderElementsOf(expected.getOrDefault(day, List.of()));
    }
  }

  private static PlainEvent event(String[] fields, EventType type) {
    return new PlainEvent(
        Instant.parse(fields[0]).toEpochMilli(),
        type,
        text(fields[2]),
        text(fields[9]),
        text(fields[10]),
        text(fields[11]),
        fields[6].isEmpty() ? null : new BigDecimal(fields[6]).movePointRight(4).longValueExact(),
        fields[7].isEmpty() ? 1 : Integer.parseInt(fields[7]),
        text(fields[5]),
        text(fields[4]));
  }

  private static String text(String field) {
    return field.isEmpty() ? null : field;
  }

  private static List<String> sessions(LocalWarehouse local, LocalDate day) throws Exception {
    var texts = new ArrayList<String>();
    var path = local.warehouse().pathOf(Partition.ofDay(Sessions.SESSIONS, day));
    try (var rows = TableReader.open(local.warehouse().fileSystem(), path, local.configuration())) {
      while (rows.next()) {
        var row = new TreeMap<String, Object>();
        for (var column : Sessions.SESSIONS_SCHEMA.columns()) {
          if (!column.name().equals("session_id")) {
            row.put(column.name(), rows.value(column.name()));
          }
        }
        texts.add(row.toString());
      }
    }
    return texts;
  }

  private LocalWarehouse warehouse(String name) throws Exception {
    return new LocalWarehouse(folder.resolve(name))
        .set("clickmill.funnel.definitions", "{quick: {steps: [view, cart], window: 10m}}");
  }

  private void write(String name, SortedMap<LocalDate, List<String>> events) throws Exception {
    var input = folder.resolve(name + "-input");
    for (var day : events.entrySet()) {
      RandomVisits.write(input, day.getKey().toString(), day.getValue());
    }
  }

  private static void computeAll(LocalWarehouse local, LocalDate from, LocalDate to)
      throws Exception {
    var days = from.datesUntil(to.plusDays(1)).toList();
    var requests = new ArrayList<Request>();
    for (var table : sessionTables()) {
      days.forEach(day -> requests.add(new Request(table, day)));
    }
    run(local, new Sessions(), requests);
    funnel(local, from, to);
  }

  private record Computed(Outcome outcome, Map<Partition, Long> before) {}

  /** All tables of a day, and what depends on it of other days. */
  private static Computed compute(LocalWarehouse local, LocalDate day, List<LocalDate> finished)
      throws Exception {
    var requests = new ArrayList<Request>();
    for (var table : sessionTables()) {
      requests.add(new Request(table, day));
      if (!table.dataset().equals(Sessions.OPEN_SESSIONS)) {
        finished.forEach(before -> requests.add(new Request(table, before)));
      }
    }
    var before = new HashMap<Partition, Long>();
    for (var dataset : local.warehouse().datasets()) {
      local
          .manifests(dataset)
          .forEach(
              (partition, manifest) -> before.put(partition, DataFile.records(manifest.files())));
    }
    return new Computed(run(local, new Sessions(), requests), before);
  }

  private static void funnel(LocalWarehouse local, LocalDate from, LocalDate to) throws Exception {
    var requests = new ArrayList<Request>();
    for (var table : new Funnel().tables()) {
      from.datesUntil(to.plusDays(1)).forEach(day -> requests.add(new Request(table, day)));
    }
    run(local, new Funnel(), requests);
  }

  private static Outcome run(LocalWarehouse local, Analysis analysis, List<Request> requests)
      throws Exception {
    var datasets =
        Stream.concat(Stream.of(Datasets.EVENTS_DAILY), tables().map(Table::dataset))
            .toArray(String[]::new);
    var run = local.run().step(analysis.name());
    var byAnalysis = new LinkedHashMap<Analysis, List<Request>>();
    byAnalysis.put(analysis, requests);
    var outcome =
        new FoldJob(run, local.catalog(datasets), SessionsJobTest::schemaOf)
            .run(analysis.name(), byAnalysis);
    new Publisher(local.warehouse(), run.id()).publishAll(outcome.partitions());
    return outcome;
  }

  private static TableSchema schemaOf(String dataset) {
    return dataset.equals(Datasets.EVENTS_DAILY)
        ? EventRows.SCHEMA
        : tables().filter(table -> table.dataset().equals(dataset)).findFirst().get().schema();
  }

  private static Stream<Table> tables() {
    return Stream.concat(sessionTables().stream(), new Funnel().tables().stream());
  }

  /** Without those that are made for the analyst's tables alone. */
  private static List<Table> sessionTables() {
    return new Sessions().tables(new Configuration(false));
  }

  private static long rows(Map<Partition, Long> rows, Partition partition) {
    return rows.getOrDefault(partition, 0L);
  }

  private static Map<Partition, Fingerprint> fingerprints(LocalWarehouse local) throws Exception {
    var fingerprints = new TreeMap<Partition, Fingerprint>();
    for (var table : tables().toList()) {
      local
          .manifests(table.dataset())
          .forEach((partition, manifest) -> fingerprints.put(partition, manifest.fingerprint()));
    }
    assertThat(fingerprints).hasSize(7 * DAYS);
    return fingerprints;
  }
}
