/**
 * Sessions, funnels and carts. {@link org.clickmill.jobs.sessions.Sessions} splits each visitor's
 * events into sessions and measures every session against every funnel while it is at hand; {@link
 * org.clickmill.jobs.sessions.Funnel} counts what came out.
 *
 * <p>Midnight does not split a session, so a day is not finished when it ends: the state of each
 * session that an event of the next day could go on with stands in the table {@code open_sessions},
 * and is finished with the next day without reading the first again.
 *
 * <p>A day is clustered by visitor, so one session is in hand at a time, in the map task and in the
 * merge, as a {@code SessionState}: bounded, and without events. What is shuffled are the states of
 * sessions that are open at midnight, and the events that may go on with them. The design is told
 * in {@code docs/sessions.md}.
 */
package org.clickmill.jobs.sessions;
