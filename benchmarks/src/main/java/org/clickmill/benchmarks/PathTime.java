package org.clickmill.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What it took a side to come from files to tables.
 *
 * @param whole all of it
 * @param withoutImport the same without the first step, which brings the files into a form that
 *     analyses read
 * @param steps in their order; together they are the whole's wall
 */
record PathTime(Measurement whole, Measurement withoutImport, List<Step> steps) {
  /** What belongs to none of the steps that a side tells: the start of its processes above all. */
  static final String REST = "start-up and planning";

  /** How long a step took. */
  record Step(String name, double seconds) {}

  /** Steps, and as the last one what is left of the wall: negative if steps ran side by side. */
  static List<Step> withRest(double wallSeconds, List<Step> steps) {
    var all = new ArrayList<>(steps);
    all.add(new Step(REST, wallSeconds - steps.stream().mapToDouble(Step::seconds).sum()));
    return all;
  }

  /** The median of each step on its own, in the first run's order. */
  static List<Step> medianSteps(List<PathTime> runs) {
    var seconds = new LinkedHashMap<String, List<Double>>();
    for (var run : runs) {
      for (var step : run.steps()) {
        seconds.computeIfAbsent(step.name(), name -> new ArrayList<>()).add(step.seconds());
      }
    }
    return seconds.entrySet().stream()
        .map(step -> new Step(step.getKey(), Measurement.median(step.getValue())))
        .toList();
  }
}
