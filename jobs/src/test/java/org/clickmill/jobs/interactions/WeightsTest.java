package org.clickmill.jobs.interactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WeightsTest {
  private final Configuration configuration = new Configuration(false);

  @Test
  void viewsCartsAndPurchasesCountUnlessSaidOtherwise() {
    var weights = Weights.of(configuration);
    assertThat(weights.columns()).containsExactly("views", "carts", "purchases");
    assertThat(weights.rating(new long[] {9, 1, 2, 3, 9}, 1)).isEqualTo(1 + 2 * 3 + 3 * 5);
  }

  @Test
  void orderOfTheTypesInTheSettingDoesNotMatter() {
    configuration.set("clickmill.interactions.weights", "return = -2.5, view=0.1 ,cart=1e3");
    var weights = Weights.of(configuration);
    assertThat(weights.columns()).containsExactly("views", "carts", "returns");
    assertThat(weights.rating(new long[] {3, 1, 2}, 0)).isEqualTo(3 * 0.1 + 1e3 - 2 * 2.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "view",
        "view=",
        "view=one",
        "view=0",
        "view=NaN",
        "view=-Infinity",
        "view=1e7",
        "view=1=2",
        "view=1,view=2",
        "wish=1",
        "=1"
      })
  void otherListsAreWrongUsage(String text) {
    configuration.set("clickmill.interactions.weights", text);
    assertThatThrownBy(() -> new Interactions().tables(configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Invalid value of clickmill.interactions.weights: '%s' (expected type=weight, and more"
                + " after commas: each of view, cart, remove_from_cart, purchase, return at most"
                + " once, weights not 0 and between -1000000 and 1000000)",
            text);
  }
}
