package org.clickmill.jobs.sessions;

import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.jobs.analyst.AnalystTables;

/** The settings that bound the memory of a session. */
public final class SessionsSettings {
  public static final ConfigKey<Integer> MAX_ORDERS =
      ConfigKey.ofInt(
          "clickmill.sessions.max-orders",
          10_000,
          1,
          10_000_000,
          "The most distinct orders of a session that are remembered; a session with more has"
              + " is_capped.");

  public static final ConfigKey<Integer> MAX_CART_PRODUCTS =
      ConfigKey.ofInt(
          "clickmill.sessions.max-cart-products",
          10_000,
          1,
          10_000_000,
          "The most distinct products of a cart that are remembered; a session with more has"
              + " is_capped.");

  public static final ConfigKey<Integer> MAX_FUNNEL_STARTS =
      ConfigKey.ofInt(
          "clickmill.sessions.max-funnel-starts",
          10_000,
          100,
          10_000_000,
          "The most instants of a session at which a chain may have begun in a funnel with a window"
              + " that are remembered; a session with more has is_capped.");

  public static final ConfigKey<Integer> MAX_INSTANT_EVENTS =
      ConfigKey.ofInt(
          "clickmill.sessions.max-instant-events",
          100_000,
          1,
          10_000_000,
          "The most events of a visitor at one instant that a funnel brings into the order of its"
              + " steps; a session with more has is_capped.");

  public static final ConfigKey<Integer> MAX_PRODUCTS =
      ConfigKey.ofInt(
          "clickmill.sessions.max-products",
          10_000,
          1,
          10_000_000,
          "The most distinct products of a session and day that product_performance counts the"
              + " session for.");

  private SessionsSettings() {}

  public static List<ConfigKey<?>> all() {
    return Stream.concat(ofStates().stream(), Stream.of(MAX_PRODUCTS)).toList();
  }

  /** Those that the state of a session depends on. */
  static List<ConfigKey<?>> ofStates() {
    return List.of(MAX_ORDERS, MAX_CART_PRODUCTS, MAX_FUNNEL_STARTS, MAX_INSTANT_EVENTS);
  }

  static SessionLimits limits(Configuration configuration) {
    return new SessionLimits(
        MAX_ORDERS.get(configuration),
        MAX_CART_PRODUCTS.get(configuration),
        MAX_FUNNEL_STARTS.get(configuration),
        MAX_INSTANT_EVENTS.get(configuration),
        AnalystTables.isAsked(AnalystTables.DWELL, configuration));
  }
}
