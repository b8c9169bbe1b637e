/**
 * Aggregates that are declared: where the rows come from, the keys, the measures. Folding, partial
 * aggregates and rows follow from that, so most analyses are one declaration ({@link
 * org.clickmill.jobs.groupby.GroupBy}).
 */
package org.clickmill.jobs.groupby;
