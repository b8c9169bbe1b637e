package org.clickmill.drivers.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.clickmill.drivers.report.Chart.Series;
import org.clickmill.drivers.report.Report.CartDay;
import org.clickmill.drivers.report.Sessions.Figures;

/** The charts of sessions, funnels and carts. */
final class VisitCharts {
  private VisitCharts() {}

  static List<Chart> all(Report report) {
    var charts = new ArrayList<>(sessions(report.sessions()));
    var funnels = report.funnels().funnels();
    for (int i = 0; i < funnels.size(); i++) {
      charts.add(funnel(funnelId(i), funnels.get(i)));
    }
    charts.addAll(carts(report.carts()));
    return charts;
  }

  /** The chart of a funnel, counted from 0. */
  static String funnelId(int index) {
    return "funnel-" + (index + 1);
  }

  private static List<Chart> sessions(Sessions sessions) {
    return List.of(
        Chart.byDay(
            "sessions",
            "Sessions by day",
            "Bar chart of sessions by the day they started",
            days(sessions),
            List.of(Series.bars("Sessions", 0, values(sessions, Figures::sessions)))),
        Chart.byDay(
            "conversion",
            "Conversion by day",
            "Bar chart of the share of sessions with a purchase by day",
            days(sessions),
            List.of(Series.shares("Conversion", values(sessions, Figures::conversion)))),
        Chart.byDay(
            "bounce-rate",
            "Bounce rate by day",
            "Bar chart of the share of sessions of one event by day",
            days(sessions),
            List.of(Series.shares("Bounce rate", values(sessions, Figures::bounceRate)))),
        Chart.byDay(
            "duration",
            "Mean duration by day, in minutes",
            "Bar chart of the mean duration of sessions by day",
            days(sessions),
            List.of(
                Series.bars(
                    "Minutes",
                    1,
                    values(
                        sessions,
                        figures ->
                            figures.meanSeconds() == null ? null : figures.meanSeconds() / 60)))));
  }

  private static Chart funnel(String id, Funnels.Funnel funnel) {
    return Chart.ranking(
        id,
        "Sessions",
        "Bar chart of the sessions that reached each step",
        funnel.steps().stream().map(Funnels.Step::name).toList(),
        List.of(
            Series.bars(
                "Sessions", 0, funnel.steps().stream().map(Funnels.Step::sessions).toList())));
  }

  private static List<Chart> carts(List<CartDay> carts) {
    var days = carts.stream().map(CartDay::day).toList();
    var pale = carts.stream().map(day -> Boolean.FALSE.equals(day.isMature())).toList();
    return List.of(
        Chart.byDay(
                "abandonment-rate",
                "Abandonment rate by day",
                "Bar chart of the share of carts that were abandoned by day",
                days,
                List.of(
                    Series.shares(
                        "Abandonment rate", carts.stream().map(CartDay::abandonmentRate).toList())))
            .withPale(pale),
        Chart.byDay(
                "abandoned-value",
                "Abandoned value by day",
                "Bar chart of what lay in abandoned carts by day",
                days,
                List.of(
                    Series.bars(
                        "Abandoned value",
                        2,
                        carts.stream().map(CartDay::abandonedValue).toList())))
            .withPale(pale));
  }

  private static List<LocalDate> days(Sessions sessions) {
    return sessions.days().stream().map(Sessions.Day::day).toList();
  }

  private static <T> List<T> values(Sessions sessions, Function<Figures, T> value) {
    return sessions.days().stream()
        .map(day -> day.figures() == null ? null : value.apply(day.figures()))
        .toList();
  }
}
