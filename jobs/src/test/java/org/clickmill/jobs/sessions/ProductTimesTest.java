package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProductTimesTest {
  private final ProductTimes times = new ProductTimes(2);

  @Test
  void cartAtTheInstantOfAViewCountsAndOneBeforeItDoesNot() {
    times.add(7, KnownType.CART, false, 100);
    times.add(7, KnownType.VIEW, false, 100);
    times.add(8, KnownType.CART, false, 99);
    times.add(8, KnownType.VIEW, false, 100);
    assertThat(times.isCartedAfterView(0)).isTrue();
    assertThat(times.isCartedAfterView(1)).isFalse();
    assertThat(times.isViewed(1) && times.isCarted(1)).isTrue();
  }

  @Test
  void laterCartMakesUpForOneBeforeTheView() {
    times.add(7, KnownType.CART, false, 1);
    times.add(7, KnownType.VIEW, false, 2);
    times.add(7, KnownType.CART, false, 3);
    times.add(7, KnownType.PURCHASE, true, 3);
    assertThat(times.isCartedAfterView(0)).isTrue();
    assertThat(times.isBoughtAfterCart(0)).isTrue();
  }

  @Test
  void purchaseOfNothingAndOneBeforeTheCartDoNotCount() {
    times.add(7, KnownType.PURCHASE, true, 1);
    times.add(7, KnownType.CART, false, 2);
    times.add(7, KnownType.PURCHASE, false, 3);
    assertThat(times.isBought(0)).isTrue();
    assertThat(times.isBoughtAfterCart(0)).isFalse();
  }

  @Test
  void productsBeyondTheMostAreNotRemembered() {
    times.add(7, KnownType.VIEW, false, 1);
    times.add(8, KnownType.VIEW, false, 2);
    times.add(9, KnownType.VIEW, false, 3);
    times.add(8, KnownType.CART, false, 4);
    assertThat(times.size()).isEqualTo(2);
    assertThat(times.isCartedAfterView(1)).isTrue();
  }

  @Test
  void sessionGoesOnUnderOtherNumbers() {
    times.add(7, KnownType.VIEW, false, 1);
    times.add(9, KnownType.VIEW, false, 1);
    times.renumber(new int[] {0, 1});
    times.add(1, KnownType.CART, false, 2);
    assertThat(times.size()).isEqualTo(2);
    assertThat(times.isCarted(0)).isFalse();
    assertThat(times.isCartedAfterView(1)).isTrue();
    times.clear();
    assertThat(times.size()).isZero();
  }
}
