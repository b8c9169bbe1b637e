package org.clickmill.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Asks all sides in turn, Clickmill first, again and again, and compares every answer with
 * Clickmill's of the same round.
 *
 * @param warmUps rounds that come first and are not counted
 * @param repeat rounds that are counted
 */
record Rounds(int warmUps, int repeat) {

  /**
   * What the sides answered in the rounds that count.
   *
   * @param bySide in the order of the sides
   * @param rows how many rows a comparison had, 0 without one
   */
  record Asked<T>(List<List<T>> bySide, long rows) {}

  /** How a side is asked. */
  interface Asking<S, T> {
    T ask(S side) throws IOException, InterruptedException;
  }

  /** Times a question with Clickmill and its peers. */
  Result time(Question question, Side clickmill, List<? extends Side> peers)
      throws IOException, InterruptedException, SQLException {
    var sides = new ArrayList<Side>();
    sides.add(clickmill);
    sides.addAll(peers);
    var asked = ask(question, sides, side -> side.answer(question), Function.identity(), true);
    return Result.of(question, asked.rows(), sides, asked.bySide());
  }

  /** Times a question with sides that are not asked the same, so that nothing is compared. */
  Result timeAlone(Question question, List<? extends Side> sides)
      throws IOException, InterruptedException, SQLException {
    var asked = ask(question, sides, side -> side.answer(question), Function.identity(), false);
    return Result.of(question, 0, sides, asked.bySide());
  }

  /**
   * Asks all sides in turn, round by round.
   *
   * @param measured what an answer took
   * @param compares whether the answers of all sides have to be those of the first
   */
  <S extends Side, T> Asked<T> ask(
      Question question,
      List<S> sides,
      Asking<? super S, T> asking,
      Function<? super T, Measurement> measured,
      boolean compares)
      throws IOException, InterruptedException, SQLException {
    var bySide = new ArrayList<List<T>>();
    sides.forEach(side -> bySide.add(new ArrayList<>()));
    long rows = 0;
    for (int round = 1 - warmUps; round <= repeat; round++) {
      for (int i = 0; i < sides.size(); i++) {
        var side = sides.get(i);
        side.prepare(question);
        var answer = asking.ask(side);
        tell(question, round, side, measured.apply(answer));
        if (round > 0) {
          bySide.get(i).add(answer);
        }
        if (compares && i > 0) {
          rows = Comparison.compare(question, sides.get(0), side);
        }
      }
    }
    return new Asked<>(bySide, rows);
  }

  /** Says what a side took in a round; those up to 0 are not counted. */
  private void tell(Question question, int round, Side side, Measurement run) {
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
