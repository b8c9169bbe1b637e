package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.Input;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Table;
import org.junit.jupiter.api.Test;

/** Which partitions are read, and what meets. Days are numbered from 1. */
final class SessionOutputsTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 2, 27);
  private static final Sessions SESSIONS = new Sessions();

  private final TreeMap<Partition, Manifest> published = new TreeMap<>();
  private final Configuration configuration = new Configuration(false);

  @Test
  void firstComputationOfAllDaysIsOneSegment() {
    events(1, 2, 3);
    assertThat(outputPartitions(all(1, 2, 3))).containsExactly("1: events_daily 1 2 3");
  }

  @Test
  void newDayFinishesTheOneBeforeWithoutReadingItsEvents() {
    events(1, 2);
    compute(1, 2);
    events(3);
    assertThat(outputPartitions(Stream.concat(all(3).stream(), finished(2).stream()).toList()))
        .containsExactly("3: events_daily 3; funnel_sessions 2; open_sessions 2; sessions 2");
  }

  @Test
  void changedDayIsReadWithTheNextAndFinishesTheOneBefore() {
    events(1, 2, 3, 4);
    compute(1, 2, 3, 4);
    publish(Datasets.EVENTS_DAILY, 2, 2, List.of(), new TreeMap<>());
    assertThat(outputPartitions(Stream.concat(all(2).stream(), finished(1).stream()).toList()))
        .containsExactly("2: events_daily 2 3; funnel_sessions 1; open_sessions 1; sessions 1");
  }

  @Test
  void otherFunnelsReadTheEventsOfTheirDaysAgain() {
    events(1, 2, 3);
    compute(1, 2, 3);
    FunnelSettings.DEFINITIONS.set(configuration, "{quick: {steps: [view]}}");
    assertThat(outputPartitions(List.of(request(Sessions.FUNNEL_SESSIONS, 2))))
        .containsExactly("2: events_daily 2 3; open_sessions 1");
  }

  @Test
  void dayIsNotFinishedFromWhatIsComputedInTheSameScan() {
    events(1, 2);
    compute(1, 2);
    events(3);
    var requests = new ArrayList<>(finished(2));
    requests.add(request(Sessions.OPEN_SESSIONS, 1));
    assertThat(outputPartitions(requests)).containsExactly("1: events_daily 1 2 3");
  }

  @Test
  void dayWhoseInputsAreAsTheyWereIsComputedWhole() {
    events(1, 2, 3);
    compute(1, 2, 3);
    assertThat(outputPartitions(finished(2)))
        .containsExactly("2: events_daily 2 3; open_sessions 1");
  }

  @Test
  void daysApartAreSegmentsApart() {
    events(1, 2, 3, 4, 5);
    compute(1, 2, 3, 4, 5);
    assertThat(
            outputPartitions(
                List.of(request(Sessions.OPEN_SESSIONS, 2), request(Sessions.OPEN_SESSIONS, 4))))
        .containsExactly(
            "2: events_daily 2; open_sessions 1", "4: events_daily 4; open_sessions 3");
  }

  @Test
  void onlyTheNextDayMayBeAbsent() {
    var inputs = new SessionInputs(true);
    var partitions = inputs.of(day(2), FIRST);
    assertThat(inputs.missing(partitions, partition -> false))
        .containsExactly(
            Partition.ofDay(Datasets.EVENTS_DAILY, day(2)),
            Partition.ofDay(Sessions.OPEN_SESSIONS, day(1)),
            Partition.ofDay(Sessions.OPEN_SESSIONS, day(2)));
    assertThat(inputs.of(FIRST, FIRST))
        .containsExactly(
            Partition.ofDay(Datasets.EVENTS_DAILY, day(1)),
            Partition.ofDay(Sessions.OPEN_SESSIONS, day(1)),
            Partition.ofDay(Datasets.EVENTS_DAILY, day(2)));
  }

  private List<String> outputPartitions(List<Request> requests) {
    return SESSIONS.outputPartitions(requests, Catalog.of(published), configuration).stream()
        .map(
            output -> {
              var days = new TreeMap<String, String>();
              output.reads().stream()
                  .sorted()
                  .forEach(read -> days.merge(read.dataset(), number(read.day()), (a, b) -> a + b));
              var reads = new ArrayList<String>();
              days.forEach((dataset, numbers) -> reads.add(dataset + numbers));
              return number(output.start()).strip() + ": " + String.join("; ", reads);
            })
        .toList();
  }

  private static String number(LocalDate day) {
    return " " + (day.toEpochDay() - FIRST.toEpochDay() + 1);
  }

  private static LocalDate day(int number) {
    return FIRST.plusDays(number - 1L);
  }

  private static List<Request> all(int... days) {
    var requests = new ArrayList<Request>();
    for (int day : days) {
      SESSIONS.tables().forEach(table -> requests.add(new Request(table, day(day))));
    }
    return requests;
  }

  private static List<Request> finished(int day) {
    return List.of(request(Sessions.SESSIONS, day), request(Sessions.FUNNEL_SESSIONS, day));
  }

  private static Request request(String dataset, int day) {
    return new Request(table(dataset), day(day));
  }

  private static Table table(String dataset) {
    return SESSIONS.tables().stream()
        .filter(table -> table.dataset().equals(dataset))
        .findFirst()
        .orElseThrow();
  }

  private void events(int... days) {
    for (int day : days) {
      publish(Datasets.EVENTS_DAILY, day, 1, List.of(), new TreeMap<>());
    }
  }

  /** Publishes all tables of some days, made from what is published. */
  private void compute(int... days) {
    for (var request : all(days)) {
      var table = request.table();
      var catalog = Catalog.of(published);
      var inputs =
          table.inputs().of(request.start(), FIRST).stream()
              .map(
                  input ->
                      Input.of(
                          input,
                          input.dataset().equals(Sessions.OPEN_SESSIONS)
                              ? 1
                              : catalog.version(input)))
              .toList();
      publish(
          table.dataset(),
          Integer.parseInt(number(request.start()).strip()),
          1,
          inputs,
          new TreeMap<>(table.settings(configuration)));
    }
  }

  private void publish(
      String dataset, int day, int version, List<Input> inputs, TreeMap<String, String> settings) {
    var partition = Partition.ofDay(dataset, day(day));
    published.put(
        partition,
        new Manifest(
            Manifest.FORMAT_VERSION,
            dataset,
            partition.path(),
            version,
            version,
            List.of(),
            inputs,
            "test",
            logicVersion(dataset),
            settings,
            new TreeMap<>(),
            Fingerprint.EMPTY,
            List.of(),
            "run",
            "user",
            "1",
            Instant.EPOCH));
  }

  private static int logicVersion(String dataset) {
    return SESSIONS.tables().stream()
        .filter(table -> table.dataset().equals(dataset))
        .findFirst()
        .map(Table::logicVersion)
        .orElse(1);
  }
}
