package org.clickmill.jobs.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.theta.SetOperation;
import org.apache.datasketches.theta.Sketches;
import org.clickmill.jobs.groupby.ThetaSketch;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VisitorWindowTest {
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  private record Day(long day, byte[] image) {}

  @ParameterizedTest
  @CsvSource({"1,20", "7,40", "7,3000", "28,600", "28,9000"})
  void countIsThatOfTheUnionOfTheDaysInTheWindow(int length, int most) {
    var window = new VisitorWindow();
    for (int key = 0; key < 3; key++) {
      window.clear();
      var days = new ArrayList<Day>();
      for (long day = -20; day < 70; day++) {
        long last = day;
        days.removeIf(old -> old.day() <= last - length);
        window.removeUpTo(day - length);
        // Days without the product, and now and then more of them than the window has.
        if (random.nextInt(4) > 0 && day / 20 != key) {
          var added = new Day(day, image(random.nextInt(most), most));
          days.add(added);
          byte[] padded = new byte[added.image().length + 9];
          System.arraycopy(added.image(), 0, padded, 5, added.image().length);
          window.add(day, padded, 5, added.image().length);
        }
        assertThat(window.count()).as("day %d, seed %d", day, seed).isEqualTo(count(days));
      }
    }
  }

  /** The sketch of visitors of whom many come again on other days. */
  private byte[] image(int visitors, int most) {
    long[] hashes =
        LongStream.range(0, visitors)
            .map(any -> new Random(random.nextInt(3 * most)).nextLong() >>> 1)
            .filter(hash -> hash > 0)
            .sorted()
            .distinct()
            .toArray();
    var bytes = new ByteWriter();
    ThetaSketch.write(bytes, hashes, 0, hashes.length);
    var sketch = new ThetaSketch();
    sketch.merge(new ByteReader().reset(bytes.bytes(), 0, bytes.length()));
    return sketch.image();
  }

  private static long count(List<Day> days) {
    var union = SetOperation.builder().setNominalEntries(ThetaSketch.NOMINAL_SIZE).buildUnion();
    days.forEach(day -> union.union(Sketches.wrapSketch(Memory.wrap(day.image()))));
    return Math.round(union.getResult().getEstimate());
  }
}
