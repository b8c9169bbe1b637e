package org.clickmill.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Asks all sides in turn, Clickmill first, again and again, and compares every answer with
 * Clickmill's of the same round.
 *
 * @param warmUps rounds that come first and are not counted
 * @param repeat rounds that are counted
 */
record Rounds(int warmUps, int repeat) {

  /** Times a question with Clickmill and its peers. */
  Result time(Question question, Side clickmill, List<? extends Side> peers)
      throws IOException, InterruptedException, SQLException {
    var sides = new ArrayList<Side>();
    sides.add(clickmill);
    sides.addAll(peers);
    var runs = new ArrayList<List<Measurement>>();
    sides.forEach(side -> runs.add(new ArrayList<>()));
    long rows = 0;
    for (int round = first(); round <= repeat; round++) {
      for (int i = 0; i < sides.size(); i++) {
        var side = sides.get(i);
        var run = answer(question, round, side);
        if (round > 0) {
          runs.get(i).add(run);
        }
        if (i > 0) {
          rows = Comparison.compare(question, clickmill, side);
        }
      }
    }
    return Result.of(question, rows, sides, runs);
  }

  /** Times a question with sides that are not asked the same, so that nothing is compared. */
  Result timeAlone(Question question, List<? extends Side> sides)
      throws IOException, InterruptedException {
    var runs = new ArrayList<List<Measurement>>();
    sides.forEach(side -> runs.add(new ArrayList<>()));
    for (int round = first(); round <= repeat; round++) {
      for (int i = 0; i < sides.size(); i++) {
        var run = answer(question, round, sides.get(i));
        if (round > 0) {
          runs.get(i).add(run);
        }
      }
    }
    return Result.of(question, 0, sides, runs);
  }

  private Measurement answer(Question question, int round, Side side)
      throws IOException, InterruptedException {
    side.prepare(question);
    var run = side.answer(question);
    tell(question, round, side, run);
    return run;
  }

  /** The number of the first round; those up to 0 are not counted. */
  int first() {
    return 1 - warmUps;
  }

  /** Says what a side took in a round. */
  void tell(Question question, int round, Side side, Measurement run) {
    var when = round > 0 ? String.format(Locale.ROOT, "%d of %d", round, repeat) : "warm-up";
    System.err.println(
        String.format(
            Locale.ROOT,
            "%s, %s: %s %.2f s, CPU %.2f s, %.0f MiB.",
            question,
            when,
            side.name(),
            run.wallSeconds(),
            run.cpuSeconds(),
            run.peakMebibytes()));
  }
}
