package org.clickmill.drivers.report;

import static org.clickmill.drivers.report.Table.column;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.clickmill.drivers.report.Funnels.Funnel;
import org.clickmill.drivers.report.Funnels.Group;
import org.clickmill.drivers.report.Table.Column;
import org.clickmill.drivers.report.Table.Kind;

/** The tables of sessions, funnels and carts. */
final class VisitTables {
  private VisitTables() {}

  static List<Table> all(Report report) {
    var funnels = report.funnels().funnels();
    return List.of(
        sessions(report.sessions()),
        funnels(funnels),
        groups("funnel_by_brand", funnels, Funnel::brands),
        groups("funnel_by_category", funnels, Funnel::categories),
        carts(report.carts()));
  }

  static Table sessions(Sessions sessions) {
    return Table.of(
        "sessions_by_day",
        "Sessions by day in numbers",
        List.of(
            column("day", "Day", Kind.DAY),
            column("sessions", "Sessions", Kind.COUNT),
            column("open_sessions", "Still open", Kind.COUNT),
            column("bounce_rate", "Bounce rate", Kind.SHARE),
            column("mean_seconds", "Mean duration", Kind.DURATION),
            column("median_seconds", "Median duration", Kind.DURATION),
            column("sessions_with_purchase", "With purchase", Kind.COUNT),
            column("conversion", "Conversion", Kind.SHARE)),
        sessions.days(),
        day -> {
          var figures = day.figures();
          return figures == null
              ? Table.row(day.day(), null, null, null, null, null, null, null)
              : Table.row(
                  day.day(),
                  figures.sessions(),
                  figures.open(),
                  figures.bounceRate(),
                  figures.meanSeconds(),
                  figures.medianSeconds(),
                  figures.buying(),
                  figures.conversion());
        });
  }

  static Table carts(List<Report.CartDay> days) {
    return Table.of(
        "cart_abandonment",
        "Carts by day in numbers",
        List.of(
            column("day", "Day", Kind.DAY),
            column("sessions_with_cart", "With cart", Kind.COUNT),
            column("sessions_bought", "Bought", Kind.COUNT),
            column("sessions_abandoned", "Abandoned", Kind.COUNT),
            column("sessions_emptied", "Emptied", Kind.COUNT),
            column("abandonment_rate", "Abandonment rate", Kind.SHARE),
            column("abandoned_value", "Abandoned value", Kind.MONEY),
            column("mature", "Final", Kind.FLAG)),
        days,
        day ->
            Table.row(
                day.day(),
                day.withCart(),
                day.bought(),
                day.abandoned(),
                day.emptied(),
                day.abandonmentRate(),
                day.abandonedValue(),
                day.isMature()));
  }

  /** The steps of a funnel, for readers who see its name above them. */
  static Table steps(String name, Funnel funnel) {
    return Table.of(
        name,
        "Sessions by step",
        List.of(
            column("step", "Step", Kind.COUNT),
            column("step_name", "Name", Kind.TEXT),
            column("sessions", "Sessions", Kind.COUNT),
            column("conversion_from_previous", "Of previous", Kind.SHARE),
            column("conversion_from_first", "Of first", Kind.SHARE),
            column("median_seconds_from_previous", "Median time", Kind.DURATION)),
        funnel.steps(),
        step ->
            Table.row(
                step.step(),
                step.name(),
                step.sessions(),
                step.fromPrevious(),
                step.fromFirst(),
                step.medianSeconds()));
  }

  /** Brands or categories of a funnel with a column for each of its steps. */
  static Table values(String name, String label, Funnel funnel, List<Group> groups) {
    var columns = new ArrayList<Column>();
    columns.add(column("value", label, Kind.TEXT));
    for (var step : funnel.steps()) {
      columns.add(column("step_" + step.step(), step.name(), Kind.COUNT));
    }
    columns.add(column("conversion", "Last of first", Kind.SHARE));
    return Table.of(
        name,
        label + " of the first step",
        columns,
        groups,
        group -> {
          var row = new ArrayList<Object>();
          row.add(group.value());
          row.addAll(group.sessions());
          row.add(group.conversion());
          return row;
        });
  }

  private static Table funnels(List<Funnel> funnels) {
    record Row(Funnel funnel, Funnels.Step step) {}
    return Table.of(
        "funnel",
        "Funnels",
        List.of(
            column("funnel", "Funnel", Kind.TEXT),
            column("step", "Step", Kind.COUNT),
            column("step_name", "Name", Kind.TEXT),
            column("sessions", "Sessions", Kind.COUNT),
            column("conversion_from_previous", "Of previous", Kind.SHARE),
            column("conversion_from_first", "Of first", Kind.SHARE),
            column("median_seconds_from_previous", "Median time", Kind.DURATION)),
        funnels.stream()
            .flatMap(funnel -> funnel.steps().stream().map(step -> new Row(funnel, step)))
            .toList(),
        row ->
            Table.row(
                row.funnel().name(),
                row.step().step(),
                row.step().name(),
                row.step().sessions(),
                row.step().fromPrevious(),
                row.step().fromFirst(),
                row.step().medianSeconds()));
  }

  private static Table groups(
      String name, List<Funnel> funnels, Function<Funnel, List<Group>> groups) {
    record Row(Funnel funnel, Group group, int index) {}
    var rows = new ArrayList<Row>();
    for (var funnel : funnels) {
      for (var group : groups.apply(funnel)) {
        for (int i = 0; i < funnel.steps().size(); i++) {
          rows.add(new Row(funnel, group, i));
        }
      }
    }
    return Table.of(
        name,
        "Funnels by value of the first step",
        List.of(
            column("funnel", "Funnel", Kind.TEXT),
            column("rank", "Rank", Kind.COUNT),
            column("value", "Value", Kind.TEXT),
            column("step", "Step", Kind.COUNT),
            column("step_name", "Name", Kind.TEXT),
            column("sessions", "Sessions", Kind.COUNT)),
        rows,
        row -> {
          var step = row.funnel().steps().get(row.index());
          return Table.row(
              row.funnel().name(),
              row.group().rank(),
              row.group().value(),
              step.step(),
              step.name(),
              row.group().sessions().get(row.index()));
        });
  }
}
