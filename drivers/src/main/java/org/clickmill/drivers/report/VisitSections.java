package org.clickmill.drivers.report;

import java.util.List;
import java.util.Map;

/** The sections of sessions, funnels and carts; each is empty if its table is missing. */
final class VisitSections {
  private final Report report;
  private final Map<String, Chart> charts;

  VisitSections(Report report, Map<String, Chart> charts) {
    this.report = report;
    this.charts = charts;
  }

  String sessions() {
    var all = report.sessions().all();
    if (all == null) {
      return "";
    }
    var tiles =
        Html.tile(
                "Sessions",
                Format.count(all.sessions()),
                all.open() == 0 ? null : Format.count(all.open()) + " can still grow")
            + Html.tile("Bounce rate", share(all.bounceRate()), "sessions of one event")
            + Html.tile(
                "Mean duration",
                duration(all.meanSeconds()),
                "median " + duration(all.medianSeconds()))
            + Html.tile("Conversion", share(all.conversion()), "sessions with a purchase");
    return Html.section(
        "sessions",
        "Sessions by day",
        "A session counts on the day it started. Its duration is the time from its first event to"
            + " its last.",
        Html.tiles(tiles)
            + Html.pair(Html.figure(charts.get("sessions")), Html.figure(charts.get("conversion")))
            + Html.pair(Html.figure(charts.get("bounce-rate")), Html.figure(charts.get("duration")))
            + Html.folded(VisitTables.sessions(report.sessions())));
  }

  String funnels() {
    if (report.funnels().days() == 0) {
      return "";
    }
    var body = new StringBuilder();
    var funnels = report.funnels().funnels();
    for (int i = 0; i < funnels.size(); i++) {
      body.append(funnel(i, funnels.get(i)));
    }
    if (funnels.isEmpty()) {
      body.append(Html.empty("Funnel"));
    }
    return Html.section("funnel", "Funnel", funnelNote(report.funnels()), body.toString());
  }

  private String funnel(int index, Funnels.Funnel funnel) {
    var id = VisitCharts.funnelId(index);
    var name = id.replace('-', '_');
    var html =
        new StringBuilder("<h3>" + Html.escape(funnel.name()) + "</h3>\n")
            .append(
                Html.beside(
                    Html.figure(charts.get(id)), Html.table(VisitTables.steps(name, funnel))));
    var values = new StringBuilder();
    if (!report.missing().contains(Topic.FUNNEL_BY_BRAND)) {
      values.append(
          Html.table(VisitTables.values(name + "_brands", "Brand", funnel, funnel.brands())));
    }
    if (!report.missing().contains(Topic.FUNNEL_BY_CATEGORY)) {
      values.append(
          Html.table(
              VisitTables.values(name + "_categories", "Category", funnel, funnel.categories())));
    }
    return html.append(values.isEmpty() ? "" : Html.pair(values.toString())).toString();
  }

  private static String funnelNote(Funnels funnels) {
    var note =
        new StringBuilder("Sessions that reached each step in order, added up over ")
            .append(days(funnels.days()));
    if (funnels.openDays() > 0) {
      note.append("; those of ").append(days(funnels.openDays())).append(" can still change");
    }
    note.append(". ");
    note.append(
        funnels.medianDay() == null
            ? "No day is final yet, so that no median times are shown."
            : "Medians cannot be added up: the times from the step before are those of "
                + Format.day(funnels.medianDay())
                + ", the newest final day.");
    return note.toString();
  }

  String carts() {
    List<Report.CartDay> carts = report.carts();
    if (carts.isEmpty()) {
      return "";
    }
    long open = carts.stream().filter(day -> Boolean.FALSE.equals(day.isMature())).count();
    return Html.section(
        "carts",
        "Cart abandonment by day",
        "A cart is abandoned if something remains in it and nothing is bought in the session."
            + (open == 0 ? "" : " Pale bars are days that can still change (" + days(open) + ")."),
        Html.pair(
                Html.figure(charts.get("abandonment-rate")),
                Html.figure(charts.get("abandoned-value")))
            + Html.folded(VisitTables.carts(carts)));
  }

  private static String days(long count) {
    return Format.count(count) + (count == 1 ? " day" : " days");
  }

  private static String share(Double share) {
    return share == null ? "–" : Format.share(share);
  }

  private static String duration(Double seconds) {
    return seconds == null ? "–" : Format.duration(seconds);
  }
}
