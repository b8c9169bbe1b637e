package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionsReaderTest {
  private static final LocalDate DAY = LocalDate.of(2019, 10, 1);
  private static final TableSchema SCHEMA =
      TableColumns.of(
          "Sessions",
          "session_id string",
          "visitor string?",
          "duration_seconds int",
          "purchases int",
          "is_bounce boolean",
          "is_complete boolean");

  @TempDir Path folder;

  private Warehouse warehouse;
  private PublishedTables tables;

  @BeforeEach
  void createWarehouse() throws IOException {
    tables = PublishedTables.in(folder);
    warehouse = tables.warehouse();
  }

  @Test
  void sessionsAreAddedUpByDayAndOverall() throws IOException {
    tables.publish(
        "sessions",
        DAY,
        SCHEMA,
        List.of(
            session(0, 0, true, true), session(10, 2, false, true), session(40, 0, false, true)));
    tables.publish("sessions", DAY.plusDays(1), SCHEMA, List.of());
    tables.publish("sessions", DAY.plusDays(3), SCHEMA, List.of(session(100, 1, false, false)));
    tables.publish("sessions", DAY.plusDays(4), SCHEMA, List.of(session(7, 1, false, false)));
    var sessions = new SessionsReader(warehouse, DAY, DAY.plusDays(3)).read();
    assertThat(sessions.days())
        .containsExactly(
            new Sessions.Day(DAY, new Sessions.Figures(3, 0, 1, 1, 50 / 3.0, 10.0)),
            new Sessions.Day(DAY.plusDays(1), new Sessions.Figures(0, 0, 0, 0, null, null)),
            new Sessions.Day(DAY.plusDays(2), null),
            new Sessions.Day(DAY.plusDays(3), new Sessions.Figures(1, 1, 0, 1, 100.0, 100.0)));
    assertThat(sessions.all()).isEqualTo(new Sessions.Figures(4, 1, 1, 2, 37.5, 25.0));
  }

  @Test
  void ratesOfNothingAreUnknown() {
    var figures = new SessionCounter().figures();
    assertThat(figures.bounceRate()).isNull();
    assertThat(figures.conversion()).isNull();
  }

  @Test
  void warehouseWithoutSessionsHasNone() throws IOException {
    tables.publish("sessions", DAY, SCHEMA, List.of(session(0, 0, true, true)));
    assertThat(new SessionsReader(warehouse, DAY.plusDays(1), DAY.plusDays(2)).read())
        .isEqualTo(Sessions.NONE);
  }

  @Test
  void medianIsThatOfTheSortedDurations() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      var durations = random.ints(1 + random.nextInt(40), 0, 86_401).sorted().boxed().toList();
      var counter = new SessionCounter();
      durations.forEach(seconds -> counter.add(seconds, false, true, false));
      int middle = durations.size() / 2;
      double median =
          durations.size() % 2 == 1
              ? durations.get(middle)
              : (durations.get(middle - 1) + durations.get(middle)) / 2.0;
      assertThat(counter.figures().medianSeconds()).as("seed %d", seed).isEqualTo(median);
    }
  }

  private static Map<String, Object> session(
      int seconds, int purchases, boolean isBounce, boolean isComplete) {
    return Map.of(
        "duration_seconds", seconds,
        "purchases", purchases,
        "is_bounce", isBounce,
        "is_complete", isComplete);
  }
}
