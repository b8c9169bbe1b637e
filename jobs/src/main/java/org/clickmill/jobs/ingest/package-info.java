/**
 * How events come in. {@link org.clickmill.jobs.ingest.ImportJob} turns files of any mapped form
 * into the hours of {@code events}; {@link org.clickmill.jobs.ingest.CompactJob} sorts a day's
 * hours into one partition of {@code events_daily} and drops duplicates.
 *
 * <p>Import's map tasks read parts of files and write {@link org.clickmill.jobs.ingest.HourFiles}.
 * Only events that come in no order of time are shuffled, as {@link
 * org.clickmill.formats.event.EventKey}s, whose byte order is the content order of events. {@link
 * org.clickmill.jobs.ingest.MergeJob} makes one file of an hour of many. Compact sorts them by
 * visitor, as {@link org.clickmill.formats.event.ClusterKey}s: {@link
 * org.clickmill.jobs.ingest.CompactPlan} decides into how many ranges of hashes a day is cut, and
 * whether they are sorted in the memory of a map task or by the shuffle. Both jobs are given their
 * files in bundles by {@link org.clickmill.jobs.kernel.BundleInputFormat}.
 */
package org.clickmill.jobs.ingest;
