package org.clickmill.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * What a question took.
 *
 * @param table the table of results that it stands in
 * @param question its row
 * @param rowsCompared of the answers, all equal; with each peer
 * @param sides Clickmill first
 */
record Result(String table, String question, long rowsCompared, List<Figures> sides) {

  /**
   * What it took one side.
   *
   * @param median of each figure on its own
   * @param ratio of the medians, Clickmill's to this side's
   */
  record Figures(String side, Measurement median, Measurement ratio, List<Measurement> runs) {}

  /** The results of runs, each list those of one side, Clickmill's first. */
  static Result of(
      Question question, long rowsCompared, List<String> sides, List<List<Measurement>> runs) {
    var ours = Measurement.medians(runs.get(0));
    var figures = new ArrayList<Figures>();
    for (int side = 0; side < sides.size(); side++) {
      var median = Measurement.medians(runs.get(side));
      figures.add(
          new Figures(
              sides.get(side), median, ours.relativeTo(median), List.copyOf(runs.get(side))));
    }
    return new Result(question.table(), question.name(), rowsCompared, figures);
  }
}
