package org.clickmill.jobs.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.Test;

final class CountsTest {

  @Test
  void equalHistoriesAreOneRow() {
    var counts = new SummaryCounts();
    counts.add(0, 0, 10, 2);
    counts.add(0, 0, 10, 3);
    counts.add(1, 4, 9, 1);
    assertThat(counts.size()).isEqualTo(2);
    assertThat(counts.count(0)).isEqualTo(5);
    assertThat(counts.customers()).isEqualTo(6);
    assertThat(counts.repeatCustomers()).isEqualTo(1);
    assertThat(counts.meanAge()).isEqualTo(59.0 / 6);
  }

  @Test
  void impossibleHistoriesAreNamed() {
    assertInvalid(2, 31, 30, 1, "the last purchase is after the end of observation");
    assertInvalid(0, 1, 30, 1, "a last purchase needs a repeat purchase");
    assertInvalid(-1, 0, 30, 1, "no number may be negative");
    assertInvalid(1, -1, 30, 1, "no number may be negative");
    assertInvalid(0, 0, -1, 1, "no number may be negative");
    assertInvalid(1, 1, 30, -4, "its number of customers is -4");
  }

  @Test
  void historiesOutOfOrderAreNamed() {
    var counts = new SummaryCounts();
    counts.add(1, 4, 9, 1);
    assertThatThrownBy(() -> counts.add(1, 4, 8, 1))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Invalid purchase history x = 1, t_x = 4, T = 8: it is out of order");
  }

  private static void assertInvalid(int x, int lastPurchase, int age, long count, String why) {
    assertThatThrownBy(() -> new SummaryCounts().add(x, lastPurchase, age, count))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Invalid purchase history x = %d, t_x = %d, T = %d: %s", x, lastPurchase, age, why);
  }

  @Test
  void valuesWithoutMeaningAreNamed() {
    assertThatThrownBy(() -> new ValueCounts().add(0, 100_000, 1))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Invalid average value m = 10.0000 of x = 0 repeat purchases: there is no repeat"
                + " purchase");
    assertThatThrownBy(() -> new ValueCounts().add(1, 0, 1))
        .hasMessageEndingWith("x = 1 repeat purchases: the value must be more than 0");
    assertThatThrownBy(() -> new ValueCounts().add(1, 5, 0))
        .hasMessageEndingWith("x = 1 repeat purchases: its number of customers is 0");
    var counts = new ValueCounts();
    counts.add(2, 5, 1);
    assertThatThrownBy(() -> counts.add(1, 6, 1)).hasMessageEndingWith("it is out of order");
  }

  @Test
  void roundedValuesStayCloseAndInOrder() {
    long before = 0;
    for (long value = 1; value < 100_000_000_000L; value += 1 + value / 3_000) {
      long rounded = ValueCounts.rounded(value);
      assertThat(rounded).as("rounded %d", value).isGreaterThanOrEqualTo(before);
      assertThat(Math.abs(rounded - value)).isLessThanOrEqualTo(1 + value / 1_999);
      before = rounded;
    }
    assertThat(ValueCounts.rounded(123_456)).isEqualTo(ValueCounts.rounded(123_457));
  }

  @Test
  void correlationIsThatOfAllCustomersOneByOne() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var counts = new ValueCounts();
    var x = new ArrayList<Double>();
    var m = new ArrayList<Double>();
    for (int frequency = 1; frequency < 6; frequency++) {
      long value = 0;
      for (int row = 0; row < 5; row++) {
        value += 1 + random.nextInt(300_000);
        int customers = 1 + random.nextInt(4);
        counts.add(frequency, value, customers);
        for (int i = 0; i < customers; i++) {
          x.add((double) frequency);
          m.add(value / 1e4);
        }
      }
    }
    double ofBoth = covariance(x, m) / Math.sqrt(covariance(x, x) * covariance(m, m));
    assertThat(counts.correlation()).as("seed %d", seed).isCloseTo(ofBoth, within(1e-12));
  }

  @Test
  void correlationWithWhatIsTheSameForAllIsUnknown() {
    assertThat(new ValueCounts().correlation()).isNaN();
    var counts = new ValueCounts();
    counts.add(2, 5_000, 3);
    counts.add(2, 6_000, 3);
    assertThat(counts.correlation()).isNaN();
    var sameValue = new ValueCounts();
    sameValue.add(1, 5_000, 3);
    sameValue.add(2, 5_000, 3);
    assertThat(sameValue.correlation()).isNaN();
  }

  private static double covariance(List<Double> some, List<Double> others) {
    double mean = some.stream().mapToDouble(value -> value).average().orElseThrow();
    double otherMean = others.stream().mapToDouble(value -> value).average().orElseThrow();
    return IntStream.range(0, some.size())
        .mapToDouble(i -> (some.get(i) - mean) * (others.get(i) - otherMean))
        .sum();
  }
}
