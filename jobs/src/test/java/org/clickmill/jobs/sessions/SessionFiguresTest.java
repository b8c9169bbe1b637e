package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.clickmill.formats.event.EventType;
import org.junit.jupiter.api.Test;

final class SessionFiguresTest {
  private final SessionFigures figures = new SessionFigures(10_000);
  private final SessionStrings strings = new SessionStrings();

  @Test
  void figuresEqualThoseOfBruteForce() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      var events = PlainEvent.random(random, 1 + random.nextInt(12));
      var columns = PlainEvent.columns(events);
      compute(figures, columns, events.size());
      var as = "seed " + seed + ", round " + round;
      for (var type : EventType.values()) {
        assertThat(figures.eventsOfType[KnownType.of(type)])
            .as(as)
            .isEqualTo((int) events.stream().filter(event -> event.type() == type).count());
      }
      assertThat(figures.revenue).as(as).isEqualTo(PlainSessions.revenue(events));
      assertThat(figures.orders()).as(as).isEqualTo(PlainSessions.orders(events));
      var view =
          PlainSessions.first(events, event -> event.type() == EventType.VIEW, Long.MIN_VALUE);
      var cart =
          view == null ? null : PlainSessions.first(events, e -> e.type() == EventType.CART, view);
      var purchase =
          cart == null ? null : PlainSessions.first(events, PlainEvent::isPurchase, cart);
      assertThat(time(figures.viewTime)).as(as).isEqualTo(view);
      assertThat(time(figures.cartTime)).as(as).isEqualTo(cart);
      assertThat(time(figures.purchaseTime)).as(as).isEqualTo(purchase);
      var products = events.stream().map(PlainEvent::product).filter(Objects::nonNull).toList();
      assertThat(PlainEvent.text(strings, columns.products, figures.entryProduct))
          .as(as)
          .isEqualTo(products.isEmpty() ? null : products.get(0));
      assertThat(PlainEvent.text(strings, columns.products, figures.exitProduct))
          .as(as)
          .isEqualTo(products.isEmpty() ? null : products.get(products.size() - 1));
      var users = events.stream().map(PlainEvent::user).filter(Objects::nonNull).toList();
      assertThat(PlainEvent.text(strings, columns.users, figures.user))
          .as(as)
          .isEqualTo(users.isEmpty() ? null : users.get(users.size() - 1));
      var sessions = events.stream().map(PlainEvent::session).filter(Objects::nonNull).toList();
      assertThat(PlainEvent.text(strings, columns.sessions, figures.session))
          .as(as)
          .isEqualTo(sessions.isEmpty() ? null : sessions.get(0));
    }
  }

  @Test
  void purchaseWithoutCartHasNoPurchaseTime() {
    compute(PlainEvent.of(1, EventType.VIEW), PlainEvent.of(2, EventType.PURCHASE));
    assertThat(figures.viewTime).isEqualTo(1);
    assertThat(figures.cartTime).isEqualTo(SessionFigures.NEVER);
    assertThat(figures.purchaseTime).isEqualTo(SessionFigures.NEVER);
  }

  @Test
  void atOneInstantViewCartAndPurchaseCountInThatOrder() {
    // In content order the view comes last.
    compute(
        PlainEvent.of(5, EventType.CART),
        PlainEvent.of(5, EventType.PURCHASE),
        PlainEvent.of(5, EventType.VIEW));
    assertThat(figures.viewTime).isEqualTo(5);
    assertThat(figures.cartTime).isEqualTo(5);
    assertThat(figures.purchaseTime).isEqualTo(5);
  }

  @Test
  void onlySoldLinesMakeOrders() {
    var purchase = PlainEvent.of(1, EventType.PURCHASE).price(10L);
    compute(
        purchase.order("a"),
        purchase.order("a").session("x"),
        purchase.session("x"),
        purchase.session("x"),
        purchase,
        purchase,
        purchase.order("free").price(0L),
        purchase.order("back").quantity(-1),
        PlainEvent.of(1, EventType.RETURN).order("returned").price(10L));
    assertThat(figures.orders()).isEqualTo(4);
    assertThat(figures.revenue).isEqualTo(6 * 10 - 10 - 10);
  }

  @Test
  void revenueThatOverflowsIsAnError() {
    var purchase = PlainEvent.of(1, EventType.PURCHASE).price(Long.MAX_VALUE / 2);
    assertThatThrownBy(() -> compute(purchase.quantity(3))).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void ordersBeyondTheCapAreNotRemembered() {
    var capped = new SessionFigures(2);
    var purchase = PlainEvent.of(1, EventType.PURCHASE).price(10L);
    var events = List.of(purchase.order("a"), purchase.order("b"), purchase.order("a"));
    compute(capped, PlainEvent.columns(events), 3);
    assertThat(capped.isCapped).isFalse();
    compute(
        capped, PlainEvent.columns(List.of(events.get(0), events.get(1), purchase.order("c"))), 3);
    assertThat(capped.isCapped).isTrue();
    assertThat(capped.orders()).isEqualTo(2);
    assertThat(capped.revenue).isEqualTo(30);
  }

  private void compute(PlainEvent... events) {
    compute(figures, PlainEvent.columns(List.of(events)), events.length);
  }

  private void compute(SessionFigures target, EventColumns columns, int events) {
    target.clear();
    for (int row = 0; row < events; row++) {
      target.add(columns, row, strings);
    }
  }

  private static Long time(long time) {
    return time == SessionFigures.NEVER ? null : Long.valueOf(time);
  }
}
