package org.clickmill.jobs.sessions;

/**
 * How much is remembered of one session, so that its memory is bounded.
 *
 * @param orders distinct orders
 * @param products distinct products of a cart
 * @param funnelStarts possible beginnings of a chain in a funnel with a window
 * @param instantEvents events of one instant
 * @param hasDwell whether it is remembered how long it spent with which category
 */
record SessionLimits(
    int orders, int products, int funnelStarts, int instantEvents, boolean hasDwell) {}
