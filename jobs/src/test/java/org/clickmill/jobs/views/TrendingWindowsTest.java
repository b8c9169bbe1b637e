package org.clickmill.jobs.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.kernel.Inputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrendingWindowsTest {
  private final Configuration configuration = new Configuration(false);

  @Test
  void windowsAreAWeekAndFourWeeksUnlessSaidOtherwise() {
    var windows = TrendingWindows.of(configuration);
    assertThat(windows.size()).isEqualTo(2);
    assertThat(windows.days(0)).isEqualTo(7);
    assertThat(windows.days(1)).isEqualTo(28);
    assertThat(windows.reach()).isEqualTo(56);
    assertThat(new Trending().tables().get(0).inputs())
        .isEqualTo(Inputs.window(ViewCounts.DAILY, 56));
  }

  @Test
  void shortestComesFirstAndTheTableReadsTwiceTheLongest() {
    configuration.set("clickmill.trending.windows", "30, 1");
    var windows = TrendingWindows.of(configuration);
    assertThat(windows.days(0)).isEqualTo(1);
    assertThat(windows.longest()).isEqualTo(30);
    assertThat(new Trending().tables(configuration).get(0).inputs())
        .isEqualTo(Inputs.window(ViewCounts.DAILY, 60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-7", "7,7", "7,367", "week", "7;28", "1,2,3,4,5,6,7,8,9"})
  void otherListsAreWrongUsage(String text) {
    configuration.set("clickmill.trending.windows", text);
    assertThatThrownBy(() -> new Trending().tables(configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Invalid value of clickmill.trending.windows: '%s' (expected 1 to 8 different numbers"
                + " of days from 1 to 366)",
            text);
  }
}
