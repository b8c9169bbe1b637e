package org.clickmill.drivers.report;

import static org.clickmill.drivers.report.ReportTable.column;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.clickmill.drivers.report.ReportTable.Kind;

/** Counts how many sessions each day has, how long they lasted and how they ended. */
final class SessionDays {
  static final String NAME = "sessions";

  private static final List<String> COLUMNS =
      List.of("duration_seconds", "is_bounce", "is_complete", "has_purchase");

  private final DayRows rows;

  SessionDays(DayRows rows) {
    this.rows = rows;
  }

  ReportTable table() throws IOException {
    var counted = new ArrayList<List<Object>>();
    for (var day : rows.days()) {
      var counter = new SessionCounter();
      rows.forEach(
          day,
          COLUMNS,
          (where, row) ->
              counter.add(
                  row.longValue("duration_seconds"),
                  row.booleanValue("is_bounce"),
                  row.booleanValue("is_complete"),
                  row.booleanValue("has_purchase")));
      counted.add(counter.row(day));
    }
    return new ReportTable(
        NAME,
        "The sessions that started on a day.",
        null,
        List.of(
            ReportTable.day("The day on which the sessions started, of UTC."),
            column("sessions", Kind.COUNT, "Sessions."),
            column("open_sessions", Kind.COUNT, "Sessions that a later event can still belong to."),
            column("bounces", Kind.COUNT, "Sessions of one event."),
            column(
                "sessions_with_purchase", Kind.COUNT, "Sessions with a purchase of quantity > 0."),
            column(
                "duration_seconds",
                Kind.SECONDS,
                "Seconds from the first event of each session to its last, added up."),
            column(
                "median_duration_seconds",
                Kind.SECONDS,
                "Median of these; between two sessions the middle of both.")),
        counted);
  }
}
