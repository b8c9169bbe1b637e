package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.clickmill.formats.event.EventType;
import org.clickmill.jobs.sessions.CartState.Kind;
import org.junit.jupiter.api.Test;

final class CartStateTest {
  private static final PlainEvent CART = PlainEvent.of(10, EventType.CART).product("p").price(7L);
  private static final PlainEvent REMOVE =
      PlainEvent.of(11, EventType.REMOVE_FROM_CART).product("p");

  private final CartState outcome = new CartState(10_000);

  @Test
  void outcomesEqualThoseOfBruteForce() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var seen = new HashMap<Kind, Integer>();
    for (int round = 0; round < 5000; round++) {
      var events = PlainEvent.random(random, 1 + random.nextInt(9));
      compute(events.toArray(new PlainEvent[0]));
      var expected = bruteForce(events);
      assertThat(outcome.kind()).as("seed %d, round %d", seed, round).isEqualTo(expected.kind);
      assertThat(outcome.value()).as("seed %d, round %d", seed, round).isEqualTo(expected.value);
      seen.merge(outcome.kind(), 1, Integer::sum);
    }
    assertThat(seen).as("seed %d", seed).hasSize(Kind.values().length);
  }

  @Test
  void removingMoreThanThereIsLeavesNothing() {
    compute(CART, REMOVE.quantity(5));
    assertThat(outcome.kind()).isEqualTo(Kind.EMPTIED);
    assertThat(outcome.value()).isZero();
  }

  @Test
  void cartFilledAgainIsAbandonedAtItsLastPrice() {
    var later = PlainEvent.of(12, EventType.CART).product("p").quantity(2);
    compute(CART, REMOVE.quantity(5), later, later.price(9L));
    assertThat(outcome.kind()).isEqualTo(Kind.ABANDONED);
    assertThat(outcome.value()).isEqualTo(4 * 9);
  }

  @Test
  void removingAnotherProductLeavesTheFirst() {
    compute(CART, REMOVE.product("q"));
    assertThat(outcome.kind()).isEqualTo(Kind.ABANDONED);
    assertThat(outcome.value()).isEqualTo(7);
  }

  @Test
  void cartWithoutPriceIsAbandonedForNothing() {
    compute(CART.price(null));
    assertThat(outcome.kind()).isEqualTo(Kind.ABANDONED);
    assertThat(outcome.value()).isZero();
  }

  @Test
  void purchaseBeforeTheCartBuysNothing() {
    compute(PlainEvent.of(9, EventType.PURCHASE), CART);
    assertThat(outcome.kind()).isEqualTo(Kind.ABANDONED);
  }

  @Test
  void purchaseAtTheInstantOfTheCartBuysIt() {
    compute(CART, PlainEvent.of(10, EventType.PURCHASE));
    assertThat(outcome.kind()).isEqualTo(Kind.BOUGHT);
    assertThat(outcome.value()).isZero();
  }

  @Test
  void purchaseOfNothingBuysNothing() {
    compute(CART, PlainEvent.of(12, EventType.PURCHASE).quantity(0));
    assertThat(outcome.kind()).isEqualTo(Kind.ABANDONED);
  }

  @Test
  void productsWithoutIdCountTogether() {
    compute(CART.product(null), REMOVE.product(null));
    assertThat(outcome.kind()).isEqualTo(Kind.EMPTIED);
  }

  @Test
  void removeAloneIsNoCart() {
    compute(REMOVE);
    assertThat(outcome.kind()).isEqualTo(Kind.NO_CART);
  }

  @Test
  void valueThatOverflowsIsAnError() {
    compute(CART.price(Long.MAX_VALUE).quantity(2));
    assertThatThrownBy(outcome::value).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void productsBeyondTheCapAreNotRemembered() {
    var capped = new CartState(1);
    compute(capped, CART, REMOVE.product("q"), REMOVE);
    assertThat(capped.isCapped()).isFalse();
    compute(capped, CART, CART.product("q"), REMOVE);
    assertThat(capped.isCapped()).isTrue();
    assertThat(capped.kind()).isEqualTo(Kind.EMPTIED);
  }

  private void compute(PlainEvent... events) {
    compute(outcome, events);
  }

  private static void compute(CartState cart, PlainEvent... events) {
    var columns = PlainEvent.columns(List.of(events));
    cart.clear();
    for (int row = 0; row < events.length; row++) {
      cart.add(columns, row);
    }
  }

  private record Expected(Kind kind, long value) {}

  private static Expected bruteForce(List<PlainEvent> events) {
    Long firstCart = null;
    boolean bought = false;
    var remaining = new HashMap<String, Long>();
    var prices = new HashMap<String, Long>();
    for (var event : events) {
      if (event.type() == EventType.CART) {
        firstCart = firstCart == null ? Long.valueOf(event.time()) : firstCart;
        long left = remaining.getOrDefault(event.product(), 0L) + event.quantity();
        remaining.put(event.product(), Math.max(0, left));
        if (event.price() != null) {
          prices.put(event.product(), event.price());
        }
      } else if (event.type() == EventType.REMOVE_FROM_CART) {
        long left = remaining.getOrDefault(event.product(), 0L) - event.quantity();
        remaining.put(event.product(), Math.max(0, left));
      }
    }
    if (firstCart == null) {
      return new Expected(Kind.NO_CART, 0);
    }
    for (var event : events) {
      bought |= event.isPurchase() && event.time() >= firstCart;
    }
    if (bought) {
      return new Expected(Kind.BOUGHT, 0);
    }
    long value = 0;
    boolean any = false;
    for (var entry : remaining.entrySet()) {
      any |= entry.getValue() > 0;
      value += entry.getValue() * prices.getOrDefault(entry.getKey(), 0L);
    }
    return any ? new Expected(Kind.ABANDONED, value) : new Expected(Kind.EMPTIED, 0);
  }
}
