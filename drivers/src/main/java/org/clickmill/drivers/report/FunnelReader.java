package org.clickmill.drivers.report;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.clickmill.drivers.report.Funnels.Funnel;
import org.clickmill.drivers.report.Funnels.Group;
import org.clickmill.drivers.report.Funnels.Step;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Warehouse;

/** Reads how far sessions came in each funnel, and those that began with a brand or category. */
final class FunnelReader {
  static final int TOP = 5;

  private final Warehouse warehouse;
  private final LocalDate from;
  private final LocalDate to;

  FunnelReader(Warehouse warehouse, LocalDate from, LocalDate to) {
    this.warehouse = warehouse;
    this.from = from;
    this.to = to;
  }

  Funnels read() throws IOException {
    var table = new WarehouseTables(warehouse, Topic.FUNNEL.dataset(), from, to);
    var funnels = new TreeMap<String, SortedMap<Integer, StepSum>>();
    var mature = new TreeSet<LocalDate>();
    var open = new TreeSet<LocalDate>();
    table.forEach(
        (day, row) -> {
          var step =
              funnels
                  .computeIfAbsent(row.text("funnel"), name -> new TreeMap<>())
                  .computeIfAbsent(Math.toIntExact(row.longValue("step")), number -> new StepSum());
          step.add(day, row);
          (row.booleanValue("mature") ? mature : open).add(day);
        });
    var medianDay = mature.isEmpty() ? null : mature.last();
    var brands = groups(Topic.FUNNEL_BY_BRAND);
    var categories = groups(Topic.FUNNEL_BY_CATEGORY);
    var result = new ArrayList<Funnel>();
    funnels.forEach(
        (name, sums) -> {
          var steps = steps(sums, medianDay);
          result.add(
              new Funnel(
                  name,
                  steps,
                  top(brands.getOrDefault(name, Map.of()), steps),
                  top(categories.getOrDefault(name, Map.of()), steps)));
        });
    return new Funnels(table.days().size(), open.size(), medianDay, result);
  }

  private static List<Step> steps(SortedMap<Integer, StepSum> sums, LocalDate medianDay) {
    var steps = new ArrayList<Step>();
    for (var entry : sums.entrySet()) {
      var sum = entry.getValue();
      steps.add(
          new Step(
              entry.getKey(),
              sum.name,
              sum.sessions,
              steps.isEmpty()
                  ? null
                  : Ratio.of(sum.sessions, steps.get(steps.size() - 1).sessions()),
              Ratio.of(sum.sessions, steps.isEmpty() ? sum.sessions : steps.get(0).sessions()),
              sum.medianDay != null && sum.medianDay.equals(medianDay) ? sum.median : null));
    }
    return steps;
  }

  /** Of each funnel and value the sessions that reached each step. */
  private Map<String, Map<String, Map<Integer, Long>>> groups(Topic topic) throws IOException {
    var funnels = new HashMap<String, Map<String, Map<Integer, Long>>>();
    new WarehouseTables(warehouse, topic.dataset(), from, to)
        .forEach(
            (day, row) ->
                funnels
                    .computeIfAbsent(row.text("funnel"), name -> new HashMap<>())
                    .computeIfAbsent(row.text("value"), value -> new HashMap<>())
                    .merge(
                        Math.toIntExact(row.longValue("step")),
                        row.longValue("sessions"),
                        Long::sum));
    return funnels;
  }

  private static List<Group> top(Map<String, Map<Integer, Long>> values, List<Step> steps) {
    var first = steps.get(0).step();
    var ranked =
        values.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<String, Map<Integer, Long>>>comparingLong(
                        entry -> -entry.getValue().getOrDefault(first, 0L))
                    .thenComparing(Map.Entry::getKey))
            .limit(TOP)
            .toList();
    var top = new ArrayList<Group>();
    for (var entry : ranked) {
      var sessions =
          steps.stream().map(step -> entry.getValue().getOrDefault(step.step(), 0L)).toList();
      top.add(new Group(top.size() + 1, entry.getKey(), sessions));
    }
    return top;
  }

  private static final class StepSum {
    private String name;
    private long sessions;
    private LocalDate medianDay;
    private Double median;

    /** Adds a day, later than those before. */
    void add(LocalDate day, TableReader row) {
      name = row.text("step_name");
      sessions += row.longValue("sessions");
      if (row.booleanValue("mature")) {
        var seconds = row.doubleValue("median_seconds_from_previous");
        median = Double.isNaN(seconds) ? null : seconds;
        medianDay = day;
      }
    }
  }
}
