package org.clickmill.drivers.report;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import org.clickmill.formats.warehouse.Warehouse;

/** Reads how many sessions there were, how long they lasted and how they ended. */
final class SessionsReader {
  private final LocalDate from;
  private final LocalDate to;
  private final WarehouseTables table;

  SessionsReader(Warehouse warehouse, LocalDate from, LocalDate to) throws IOException {
    this.from = from;
    this.to = to;
    this.table = new WarehouseTables(warehouse, Topic.SESSIONS.dataset(), from, to);
  }

  Sessions read() throws IOException {
    var present = table.days();
    if (present.isEmpty()) {
      return Sessions.NONE;
    }
    var days = new ArrayList<Sessions.Day>();
    var all = new SessionCounter();
    for (var day = from; !day.isAfter(to); day = day.plusDays(1)) {
      if (!present.contains(day)) {
        days.add(new Sessions.Day(day, null));
        continue;
      }
      var counter = new SessionCounter();
      table.forEach(
          day,
          (where, row) ->
              counter.add(
                  row.longValue("duration_seconds"),
                  row.booleanValue("is_bounce"),
                  row.booleanValue("is_complete"),
                  row.longValue("purchases") > 0));
      all.add(counter);
      days.add(new Sessions.Day(day, counter.figures()));
    }
    return new Sessions(days, all.figures());
  }
}
