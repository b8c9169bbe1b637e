/**
 * Sessions, funnels and carts. {@link org.clickmill.jobs.sessions.Sessions} splits each visitor's
 * events into sessions and measures every session against every funnel while it is at hand; {@link
 * org.clickmill.jobs.sessions.Funnel} counts what came out.
 *
 * <p>Midnight does not split a session, so a day is not finished when it ends: what an event of the
 * next day could go on with stands in the table {@code open_sessions}, with all its events, and is
 * finished with the next day without reading the first again.
 *
 * <p>Most sessions never travel: where a day's events come in the order of time, only what lies
 * within 30 minutes of the edge of a split goes through the shuffle. The rules are plain classes
 * over columns of one visitor's events ({@code SessionEvents}), which the map and the reduce side
 * share: {@code SessionRules}, {@code SessionFigures}, {@code FunnelEvaluator}, {@code
 * CartOutcome}. The design is told in {@code docs/sessions.md}.
 */
package org.clickmill.jobs.sessions;
