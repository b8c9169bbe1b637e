package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.DuckDb;
import org.clickmill.jobs.LocalWarehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Metrics read times off the clock that the settings name, also where it is set forward or back.
 */
final class MetricTimeZoneTest {
  private static final String CLOCK =
      """
      name: by_clock
      description: Events by what the clock shows.
      from: events
      by:
        date: date(event_time)
        hour: hour(event_time)
        minute: minute(event_time)
        hour_start: hour_start(event_time)
        weekday: weekday(event_time)
        day: day(event_time)
        month: month(event_time)
        year: year(event_time)
        weekday_of_date: weekday(date(event_time))
      measures: {events: count()}
      """;

  private static final String PLAIN =
      """
      name: by_type
      description: Events by type.
      from: events
      where: event_time >= timestamp '2024-01-01 00:00:00'
      by: {event_type: event_type}
      measures: {events: count()}
      """;

  @TempDir private Path folder;

  /** The second is the UTC time of a change; of Kathmandu there is none, but minutes. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2024-03-31T01:00:00Z",
    "Europe/Berlin, 2024-10-27T01:00:00Z",
    "America/New_York, 2024-11-03T06:00:00Z",
    "Australia/Lord_Howe, 2024-04-06T15:00:00Z",
    "Australia/Lord_Howe, 2024-10-05T15:30:00Z",
    "Asia/Kathmandu, 2024-12-31T18:15:00Z"
  })
  void metricsAndTheirSqlReadTheClockOfTheZone(String name, Instant change) throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var times = new ArrayList<Instant>();
    for (int i = 0; i < 400; i++) {
      long minutes = random.nextInt(10) == 0 ? random.nextInt(2880) : random.nextInt(300);
      times.add(change.plus(minutes - 150, ChronoUnit.MINUTES));
    }
    var local = shop(times).set("clickmill.time-zone", name);
    var entries = Suite.withInputs(List.of("by_clock"), Suite.entries(local.configuration()));
    new Pipeline(local.run(), entries, PlanOptions.DEFAULT).run(DayRange.ALL);

    try (var duck = new DuckDb()) {
      duck.execute(
          "CREATE TABLE clock (dt VARCHAR, date VARCHAR, hour BIGINT, minute BIGINT, hour_start"
              + " VARCHAR, weekday BIGINT, day BIGINT, month BIGINT, year BIGINT, weekday_of_date"
              + " BIGINT)");
      for (var time : times) {
        duck.execute("INSERT INTO clock VALUES (" + row(time, ZoneId.of(name)) + ")");
      }
      var metric = Suite.metrics(local.configuration()).get(0);
      var sql = metric.sql(local::glob);
      int query = sql.indexOf("WITH input AS");
      duck.execute(sql.substring(0, query));
      duck.execute("CREATE TABLE printed AS " + sql.substring(query, sql.lastIndexOf(';')));
      var expected = "SELECT *, count(*) AS events FROM clock GROUP BY ALL";
      var columns =
          "dt, date::VARCHAR AS date, hour, minute, strftime(make_timestamp(epoch_us(hour_start)),"
              + " '%Y-%m-%dT%H:%M:%SZ') AS hour_start, weekday, day, month, year, weekday_of_date,"
              + " events";
      var names =
          "dt, date, hour, minute, hour_start, weekday, day, month, year, weekday_of_date, events";
      duck.assertSame(
          name + ", seed " + seed, names, select(columns, table(local, "by_clock")), expected);
      duck.assertSame(
          name + " as printed, seed " + seed, names, select(columns, "printed"), expected);
    }
  }

  private static String select(String columns, String from) {
    return "SELECT " + columns + " FROM " + from;
  }

  /** What the clock shows, by Java; the hour began as long ago as it shows minutes. */
  private static String row(Instant time, ZoneId zone) {
    var shown = ZonedDateTime.ofInstant(time, zone);
    return String.format(
        Locale.ROOT,
        "'%s', '%s', %d, %d, '%s', %d, %d, %d, %d, %d",
        time.toString().substring(0, 10),
        shown.toLocalDate(),
        shown.getHour(),
        shown.getMinute(),
        time.minus(shown.getMinute(), ChronoUnit.MINUTES),
        shown.getDayOfWeek().getValue(),
        shown.getDayOfMonth(),
        shown.getMonthValue(),
        shown.getYear(),
        shown.getDayOfWeek().getValue());
  }

  @ParameterizedTest
  @CsvSource({"2024-03-31, 1:6 3:6 4:6", "2024-10-27, 2:12 3:6"})
  void hourThatIsSkippedHasNothingAndOneThatComesTwiceHasBoth(LocalDate day, String hours)
      throws Exception {
    var times = new ArrayList<Instant>();
    for (int minute = 0; minute < 180; minute += 10) {
      times.add(day.atTime(0, minute % 60).plusHours(minute / 60).toInstant(ZoneOffset.UTC));
    }
    var local = shop(times).set("clickmill.time-zone", "Europe/Berlin");
    var entries = Suite.withInputs(List.of("by_clock"), Suite.entries(local.configuration()));
    new Pipeline(local.run(), entries, PlanOptions.DEFAULT).run(DayRange.ALL);
    assertThat(hours(local)).isEqualTo(hours);
  }

  @Test
  void onlyMetricsThatReadAClockAreStaleWhenTheZoneChanges() throws Exception {
    var local = shop(List.of(Instant.parse("2024-03-31T00:00:00Z")));
    var names = List.of("by_clock", "by_type");
    var entries = Suite.withInputs(names, Suite.entries(local.configuration()));
    new Pipeline(local.run(), entries, PlanOptions.DEFAULT).run(DayRange.ALL);
    assertThat(stale(local.set("clickmill.time-zone", "Etc/UTC"))).isEmpty();
    assertThat(stale(local.set("clickmill.time-zone", "Asia/Tokyo")))
        .containsExactly("by_clock/dt=2024-03-31");
  }

  @Test
  void unknownZoneIsRefused() throws Exception {
    for (var name : List.of("Europe/Atlantis", "+01:00", "berlin")) {
      var local = shop(List.of()).set("clickmill.time-zone", name);
      assertThatThrownBy(() -> Suite.entries(local.configuration()))
          .isInstanceOf(ClickmillException.class)
          .hasMessage(
              "Invalid value of clickmill.time-zone: '%s' (expected a time zone of the IANA"
                  + " database, such as Europe/Berlin or UTC)",
              name);
    }
  }

  private LocalWarehouse shop(List<Instant> times) throws IOException, InterruptedException {
    var metrics = Files.createDirectories(folder.resolve("metrics"));
    Files.writeString(metrics.resolve("by_clock.yaml"), CLOCK);
    Files.writeString(metrics.resolve("by_type.yaml"), PLAIN);
    var local = new LocalWarehouse(folder).set("clickmill.metrics", metrics);
    if (!times.isEmpty()) {
      var input = Files.createDirectories(folder.resolve("input"));
      var lines = new ArrayList<>(List.of("event_time,event_type"));
      times.forEach(time -> lines.add(time + ",view"));
      Files.write(input.resolve("events.csv"), lines);
      local.importFiles(input, "clickmill");
    }
    return local;
  }

  private static List<String> stale(LocalWarehouse local) throws IOException {
    var entries =
        Suite.withInputs(List.of("by_clock", "by_type"), Suite.entries(local.configuration()));
    return new Pipeline(local.run(), entries, PlanOptions.DEFAULT)
        .plan(DayRange.ALL).stream()
            .filter(partition -> partition.state() == State.STALE)
            .map(partition -> partition.partition().toString())
            .toList();
  }

  /** Each hour and its events. */
  private static String hours(LocalWarehouse local) throws SQLException {
    try (var duck = new DuckDb()) {
      return duck
          .rows(
              "SELECT hour, sum(events)::BIGINT FROM "
                  + table(local, "by_clock")
                  + " GROUP BY ALL ORDER BY ALL")
          .stream()
          .map(row -> String.join(":", row))
          .collect(Collectors.joining(" "));
    }
  }

  private static String table(LocalWarehouse local, String dataset) {
    return "read_parquet('%s', hive_partitioning = true, hive_types_autocast = false)"
        .formatted(local.glob(dataset));
  }
}
