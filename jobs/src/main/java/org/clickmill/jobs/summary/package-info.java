/**
 * The day at a glance: {@link org.clickmill.jobs.summary.DailySummary} brings together in one row
 * what the events, the sales, the sessions and the customers of a day say. The events are counted
 * in the scan of the built-in tables ({@link org.clickmill.jobs.summary.EventTotals}); the rest is
 * read from published tables, so that it agrees with them. {@link
 * org.clickmill.jobs.summary.Traffic} counts the sessions of a day by where their visitors came
 * from.
 */
package org.clickmill.jobs.summary;
