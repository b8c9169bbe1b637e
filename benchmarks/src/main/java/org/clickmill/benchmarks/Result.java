package org.clickmill.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.clickmill.benchmarks.PathTime.Step;

/**
 * What a question took.
 *
 * @param table the table of results that it stands in
 * @param question its row
 * @param rowsCompared of the answers, all equal; 0 where nothing is compared
 * @param records that each side has read; 0 where their rates are not the point
 * @param sides the first is what the others are related to
 * @param steps of each side, medians on their own; empty where they are not told
 * @param note what is to be known of the steps; empty where they are not told
 */
record Result(
    String table,
    String question,
    long rowsCompared,
    long records,
    List<Figures> sides,
    List<List<Step>> steps,
    String note) {

  /**
   * What it took one side.
   *
   * @param median of each figure on its own
   * @param ratio of the medians, the first side's to this one's
   */
  record Figures(String side, Measurement median, Measurement ratio, List<Measurement> runs) {}

  /** The results of runs, a list for each side. */
  static Result of(
      Question question,
      long rowsCompared,
      List<? extends Side> sides,
      List<List<Measurement>> runs) {
    var first = Measurement.medians(runs.get(0));
    var figures = new ArrayList<Figures>();
    for (int i = 0; i < runs.size(); i++) {
      var median = Measurement.medians(runs.get(i));
      figures.add(
          new Figures(
              sides.get(i).name(), median, first.relativeTo(median), List.copyOf(runs.get(i))));
    }
    return new Result(question.table(), question.name(), rowsCompared, 0, figures, List.of(), "");
  }

  /** The same where all sides have read the same number of records. */
  Result ofRecords(long read) {
    return new Result(table, question, rowsCompared, read, sides, steps, note);
  }

  /** The same with the steps of each side, and what is to be known of them. */
  Result withSteps(List<List<Step>> ofSides, String about) {
    return new Result(table, question, rowsCompared, records, sides, ofSides, about);
  }
}
