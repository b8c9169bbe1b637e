package org.clickmill.jobs.sessions;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.clickmill.formats.event.EventType;

/**
 * Sessions by brute force: plain lists of plain events, read from the words of the contract.
 *
 * @param key the visitor with its kind, null for none
 * @param events in content order
 * @param isOpen whether the session could go on at the end of its first day
 * @param isComplete whether no event after the last known day can belong to it
 */
record PlainSessions(
    String key, List<PlainEvent> events, boolean isCut, boolean isOpen, boolean isComplete) {
  private static final long DAY = 86_400_000L;
  private static final long GAP = 1_800_000L;

  /**
   * All sessions.
   *
   * @param byVisitor events by key; those of the empty key have no visitor
   * @param lastDay start of the last day whose events are known
   */
  static List<PlainSessions> of(Map<String, List<PlainEvent>> byVisitor, long lastDay) {
    var sessions = new ArrayList<PlainSessions>();
    byVisitor.forEach(
        (key, unordered) -> {
          var events = unordered.stream().sorted(PlainEvent.CONTENT_ORDER).toList();
          if (key.isEmpty()) {
            events.forEach(
                event -> sessions.add(new PlainSessions(null, List.of(event), false, false, true)));
            return;
          }
          var session = new ArrayList<PlainEvent>();
          for (var event : events) {
            if (!session.isEmpty() && !continues(session, event)) {
              sessions.add(ended(key, List.copyOf(session), event, lastDay));
              session.clear();
            }
            session.add(event);
          }
          sessions.add(ended(key, List.copyOf(session), null, lastDay));
        });
    return sessions;
  }

  private static boolean continues(List<PlainEvent> session, PlainEvent event) {
    return event.time() - session.get(session.size() - 1).time() <= GAP
        && event.time() - session.get(0).time() <= DAY;
  }

  private static PlainSessions ended(
      String key, List<PlainEvent> events, PlainEvent next, long lastDay) {
    long start = events.get(0).time();
    long day = Math.floorDiv(start, DAY) * DAY;
    boolean isCut =
        next != null
            && next.time() - events.get(events.size() - 1).time() <= GAP
            && next.time() < day + 2 * DAY;
    long lastOfDay =
        events.stream()
            .mapToLong(PlainEvent::time)
            .filter(time -> time < day + DAY)
            .max()
            .getAsLong();
    boolean isOpen = lastOfDay + GAP >= day + DAY && start + DAY >= day + DAY;
    return new PlainSessions(key, events, isCut, isOpen, !isOpen || lastDay > day);
  }

  LocalDate day() {
    return LocalDate.ofEpochDay(Math.floorDiv(events.get(0).time(), DAY));
  }

  /** The row of the table sessions, without its session_id. */
  String row() {
    var products = events.stream().map(PlainEvent::product).filter(Objects::nonNull).toList();
    var users = events.stream().map(PlainEvent::user).filter(Objects::nonNull).toList();
    var userSessions = events.stream().map(PlainEvent::session).filter(Objects::nonNull).toList();
    long start = events.get(0).time();
    long end = events.get(events.size() - 1).time();
    var view = first(events, event -> event.type() == EventType.VIEW, Long.MIN_VALUE);
    var cart = view == null ? null : first(events, e -> e.type() == EventType.CART, view);
    var purchase = cart == null ? null : first(events, PlainEvent::isPurchase, cart);
    var row = new TreeMap<String, Object>();
    row.put("visitor", key == null ? null : key.substring(2));
    row.put("user_id", users.isEmpty() ? null : users.get(users.size() - 1));
    row.put("user_session", userSessions.isEmpty() ? null : userSessions.get(0));
    row.put("start_time", Instant.ofEpochMilli(start));
    row.put("end_time", Instant.ofEpochMilli(end));
    row.put("duration_seconds", (end - start) / 1000);
    row.put("events", (long) events.size());
    row.put("views", count(EventType.VIEW));
    row.put("carts", count(EventType.CART));
    row.put("removes", count(EventType.REMOVE_FROM_CART));
    row.put("purchases", count(EventType.PURCHASE));
    row.put("orders", (long) orders(events));
    row.put("revenue", BigDecimal.valueOf(revenue(events), 4));
    row.put("view_time", view == null ? null : Instant.ofEpochMilli(view));
    row.put("cart_time", cart == null ? null : Instant.ofEpochMilli(cart));
    row.put("purchase_time", purchase == null ? null : Instant.ofEpochMilli(purchase));
    row.put("is_bounce", events.size() == 1);
    row.put("is_complete", isComplete);
    row.put("cut_at_24_hours", isCut);
    row.put("entry_product_id", products.isEmpty() ? null : products.get(0));
    row.put("exit_product_id", products.isEmpty() ? null : products.get(products.size() - 1));
    row.put("is_capped", false);
    row.put("has_purchase", events.stream().anyMatch(PlainEvent::isPurchase));
    var traffic =
        events.stream()
            .map(PlainEvent::traffic)
            .filter(PlainEvent.Traffic::isKnown)
            .findFirst()
            .orElse(events.get(0).traffic());
    row.put("traffic_source", traffic.source());
    row.put("campaign", traffic.campaign());
    row.put("device", traffic.device());
    row.put("country", traffic.country());
    return row.toString();
  }

  private long count(EventType type) {
    return events.stream().filter(event -> event.type() == type).count();
  }

  /** Sold, returned and adjustments together. */
  static long revenue(List<PlainEvent> events) {
    long revenue = 0;
    for (var event : events) {
      if (!isLine(event)) {
        continue;
      }
      long value = event.price() * Math.abs(event.quantity());
      if (event.price() < 0) {
        revenue += event.price() * event.quantity();
      } else if (event.type() == EventType.RETURN || event.quantity() < 0) {
        revenue -= value;
      } else {
        revenue += value;
      }
    }
    return revenue;
  }

  static int orders(List<PlainEvent> events) {
    var orders = new HashSet<Object>();
    for (var event : events) {
      if (isLine(event) && event.isPurchase() && event.price() > 0) {
        orders.add(
            event.order() != null
                ? "order " + event.order()
                : event.session() != null ? "session " + event.session() : new Object());
      }
    }
    return orders.size();
  }

  static Long first(List<PlainEvent> events, Predicate<PlainEvent> wanted, long after) {
    return events.stream()
        .filter(wanted)
        .map(PlainEvent::time)
        .filter(time -> time >= after)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static boolean isLine(PlainEvent event) {
    return (event.type() == EventType.PURCHASE || event.type() == EventType.RETURN)
        && event.price() != null;
  }
}
