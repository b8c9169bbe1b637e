package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.clickmill.drivers.report.ValueHistogram.Bin;
import org.junit.jupiter.api.Test;

final class ValueHistogramTest {
  @Test
  void boundBelongsToTheBinAboveIt() {
    assertThat(bins(1, 1.99, 2, 4.99, 5))
        .containsExactly(bin("1", "2", 2), bin("2", "5", 2), bin("5", "10", 1));
  }

  @Test
  void nothingHasNoBins() {
    assertThat(bins()).isEmpty();
  }

  @Test
  void lossesAndZeroHaveTheirBins() {
    assertThat(bins(-3, -0.001, 0)).containsExactly(bin(null, "0", 2), bin("0", "0.01", 1));
    assertThat(bins(-1)).containsExactly(bin(null, "0", 1));
  }

  @Test
  void valueAboveAllBoundsHasAnOpenBin() {
    assertThat(bins(1e15)).containsExactly(new Bin(new BigDecimal("500000000000"), null, 1));
  }

  @Test
  void valuesFarBelowTheHighestShareABin() {
    assertThat(bins(0.02, 3, 15_000)).first().isEqualTo(bin("0", "2", 1));
    assertThat(bins(0.02, 3, 15_000)).hasSize(13);
  }

  @Test
  void everyValueIsInTheBinThatHoldsIt() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var values = random.doubles(500).map(value -> Math.exp(25 * value - 8) - 0.001).toArray();
    var bins = bins(values);
    for (int i = 0; i < bins.size(); i++) {
      var bin = bins.get(i);
      assertThat(bin.values())
          .as("seed %d, bin %s", seed, bin)
          .isEqualTo(IntStream.range(0, values.length).filter(v -> holds(bin, values[v])).count());
      if (i > 0) {
        assertThat(bin.from()).as("seed %d", seed).isEqualByComparingTo(bins.get(i - 1).to());
      }
    }
    assertThat(bins.stream().mapToLong(Bin::values).sum())
        .as("seed %d", seed)
        .isEqualTo(values.length);
  }

  private static boolean holds(Bin bin, double value) {
    return (bin.from() == null || value >= bin.from().doubleValue())
        && (bin.to() == null || value < bin.to().doubleValue());
  }

  private static List<Bin> bins(double... values) {
    var histogram = new ValueHistogram();
    for (var value : values) {
      histogram.add(value);
    }
    return histogram.bins();
  }

  private static Bin bin(String from, String to, long customers) {
    return new Bin(from == null ? null : new BigDecimal(from), new BigDecimal(to), customers);
  }
}
