package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.clickmill.formats.mapping.ScaledNumber.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaledNumberTest {

  @Test
  void numbersAreReadAsBigDecimalDoes() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var number = new ScaledNumber(false);
    var rounding = new ScaledNumber(true);
    for (int i = 0; i < 200_000; i++) {
      var text = randomNumber(random);
      byte[] bytes = ("9" + text + "9").getBytes(StandardCharsets.US_ASCII);
      var outcome = number.parse(bytes, 1, text.length());
      var rounded = rounding.parse(bytes, 1, text.length());
      BigDecimal expected;
      try {
        expected = new BigDecimal(text);
      } catch (NumberFormatException e) {
        assertThat(outcome).as("'%s', seed %d", text, seed).isEqualTo(Outcome.NOT_A_NUMBER);
        continue;
      }
      var scaled = expected.movePointRight(4);
      var nearest = scaled.setScale(0, RoundingMode.HALF_EVEN);
      boolean isExact = nearest.compareTo(scaled) == 0;
      if (nearest.abs().compareTo(new BigDecimal("1e18")) >= 0) {
        assertThat(rounded).as("'%s', seed %d", text, seed).isEqualTo(Outcome.TOO_LARGE);
        continue;
      }
      assertThat(outcome)
          .as("'%s', seed %d", text, seed)
          .isEqualTo(isExact ? Outcome.EXACT : Outcome.TOO_MANY_DECIMALS);
      assertThat(rounded)
          .as("'%s', seed %d", text, seed)
          .isEqualTo(isExact ? Outcome.EXACT : Outcome.ROUNDED);
      assertThat(rounding.scaled())
          .as("'%s', seed %d", text, seed)
          .isEqualTo(nearest.longValueExact());
      if (isExact) {
        assertThat(number.scaled()).as("'%s', seed %d", text, seed).isEqualTo(rounding.scaled());
      }
    }
  }

  @Test
  void doublesAndDecimalsAreTakenAsBigDecimalDoes() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var number = new ScaledNumber(false);
    int exact = 0;
    for (int i = 0; i < 200_000; i++) {
      int scale = random.nextInt(9) - 2;
      long unscaled = random.nextLong() >> random.nextInt(64);
      assertTakenAs(
          number.takeExact(unscaled, scale), number, BigDecimal.valueOf(unscaled, scale), seed);
      double value =
          random.nextBoolean()
              ? BigDecimal.valueOf(unscaled, scale).doubleValue()
              : Double.longBitsToDouble(random.nextLong());
      boolean isTaken = number.takeExact(value);
      if (isTaken || Double.isFinite(value)) {
        assertTakenAs(isTaken, number, BigDecimal.valueOf(value), seed);
      }
      exact += isTaken ? 1 : 0;
    }
    assertThat(exact).isGreaterThan(10_000);
    assertThat(number.takeExact(Double.NaN)).isFalse();
    assertThat(number.takeExact(Double.NEGATIVE_INFINITY)).isFalse();
    assertThat(number.takeExact(0.1 + 0.2)).isFalse();
  }

  private static void assertTakenAs(
      boolean isTaken, ScaledNumber number, BigDecimal value, long seed) {
    if (isTaken) {
      assertThat(BigDecimal.valueOf(number.scaled(), 4))
          .as("%s, seed %d", value, seed)
          .isEqualByComparingTo(value);
      assertThat(new ScaledNumber(false).take(value)).isEqualTo(Outcome.EXACT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1e2147483647,TOO_LARGE",
    "1e-2147483647,TOO_MANY_DECIMALS",
    "1e999999999,TOO_LARGE",
    "0e999999999,EXACT",
    "99999999999999.9999,EXACT",
    "100000000000000,TOO_LARGE",
    "-99999999999999.99990000,EXACT",
    "NaN,NOT_A_NUMBER",
    "1_000,NOT_A_NUMBER",
    "0x10,NOT_A_NUMBER",
    "'1,5',NOT_A_NUMBER",
    "٣,NOT_A_NUMBER",
    "--1,NOT_A_NUMBER",
    ".,NOT_A_NUMBER",
    "-,NOT_A_NUMBER",
    "1.2.3,NOT_A_NUMBER"
  })
  void extremesAreToldApart(String text, Outcome expected) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var outcome = new ScaledNumber(false).parse(bytes, 0, bytes.length);
    if (expected == Outcome.EXACT || expected == Outcome.NOT_A_NUMBER) {
      assertThat(outcome).isEqualTo(expected);
    } else {
      // A number out of all bounds may count as none.
      assertThat(outcome).isIn(expected, Outcome.NOT_A_NUMBER);
    }
  }

  private static String randomNumber(Random random) {
    var text = new StringBuilder();
    if (random.nextInt(4) == 0) {
      text.append("-+".charAt(random.nextInt(2)));
    }
    digits(random, text, random.nextInt(random.nextInt(6) == 0 ? 20 : 8));
    if (random.nextInt(3) > 0) {
      text.append('.');
      digits(random, text, random.nextInt(random.nextInt(6) == 0 ? 20 : 6));
      text.append("0".repeat(random.nextInt(3)));
    }
    if (random.nextInt(10) == 0) {
      text.append("eE".charAt(random.nextInt(2))).append(random.nextInt(-9, 9));
    }
    return text.toString();
  }

  private static void digits(Random random, StringBuilder text, int count) {
    for (int i = 0; i < count; i++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
  }
}
