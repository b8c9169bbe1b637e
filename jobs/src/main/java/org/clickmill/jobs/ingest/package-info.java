/**
 * How events come in. {@link org.clickmill.jobs.ingest.ImportJob} turns files of any mapped form
 * into the hours of {@code events}; {@link org.clickmill.jobs.ingest.CompactJob} sorts a day's
 * hours into one partition of {@code events_daily} and drops duplicates.
 *
 * <p>Import shuffles whole events as {@link org.clickmill.formats.event.EventKey}s, whose byte
 * order is the content order of events. Hours are disjoint in time, so compact need not: a map task
 * sorts each hour in memory and writes the hours one after the other; only hours for which there is
 * not enough memory are shuffled. Both are given their files in bundles by {@link
 * org.clickmill.jobs.kernel.BundleInputFormat}.
 */
package org.clickmill.jobs.ingest;
