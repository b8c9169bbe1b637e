package org.clickmill.jobs.sessions;

/**
 * How much is remembered of one session, so that its memory is bounded.
 *
 * @param orders distinct orders
 * @param products distinct products of a cart
 * @param funnelStarts possible beginnings of a chain in a funnel with a window
 * @param instantEvents events of one instant
 */
record SessionLimits(int orders, int products, int funnelStarts, int instantEvents) {}
