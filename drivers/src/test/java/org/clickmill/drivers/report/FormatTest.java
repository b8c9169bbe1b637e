package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class FormatTest {
  @Test
  void durationsAreInTheUnitsThatSuitThem() {
    assertThat(Format.duration(0)).isEqualTo("0.0 s");
    assertThat(Format.duration(59.94)).isEqualTo("59.9 s");
    assertThat(Format.duration(59.96)).isEqualTo("1 min 0 s");
    assertThat(Format.duration(245)).isEqualTo("4 min 5 s");
    assertThat(Format.duration(3599.6)).isEqualTo("1 h 0 min");
    assertThat(Format.duration(86_399)).isEqualTo("23 h 59 min");
  }

  @Test
  void numbersHaveSixDigitsOrMore() {
    assertThat(Format.number(0)).isEqualTo("0");
    assertThat(Format.number(90)).isEqualTo("90");
    assertThat(Format.number(0.2425945)).isEqualTo("0.242595");
    assertThat(Format.number(-9582.429123)).isEqualTo("-9582.43");
    assertThat(Format.number(1234567)).isEqualTo("1,234,567");
    assertThat(Format.number(1e-20)).isEqualTo("1E-20");
  }

  @Test
  void boundsHaveDecimalsOnlyWhereTheyNeedThem() {
    assertThat(Format.bound(new BigDecimal("0.05"))).isEqualTo("0.05");
    assertThat(Format.bound(BigDecimal.ZERO)).isEqualTo("0");
    assertThat(Format.bound(new BigDecimal("20000"))).isEqualTo("20,000");
  }
}
