/**
 * Today so far: {@code live_sales} and {@code live_summary} hold what the loader has committed of
 * days whose own tables are not published yet, by five minutes, exactly.
 *
 * <p><b>Shape.</b> A day is kept as 288 <em>buckets</em> of five minutes. Each has a file with its
 * distinct events, as {@link org.clickmill.formats.event.EventKey}s sorted by the hash of their
 * event_id and then by content; and a file with its rows of live_sales. {@link
 * org.clickmill.jobs.live.LiveUpdate} reads what the loader's later commits brought, merges the
 * events of each bucket that has any into its file, and counts that bucket again from the result
 * ({@link org.clickmill.jobs.live.BucketCount}). So a count is never patched: distinct orders and
 * visitors are exact, and so is the event that stays of several with one event_id. A bucket is
 * small, however long the day is: at 1,000 events per second 300,000 events, some 15 MB, which take
 * about a second to merge and count; and an update touches one or two of them besides those of late
 * events. Recounting the whole hour would cost twelve times that, and states that are added to
 * would have to keep, for every visitor and order, how many events still stand for it.
 *
 * <p><b>Repeated event_ids</b> are dropped within a day, so a bucket must know about the others.
 * {@link org.clickmill.jobs.live.IdIndex} says in which bucket an id stands: sorted runs of 18
 * bytes per id in blocks with checksums, found by interpolation, merged as they become many.
 * Content order begins with the time, so of two buckets the earlier one keeps the event: if that is
 * the new one, the other bucket gets a mark that drops the id, and is counted again. Within a
 * bucket the events are compared.
 *
 * <p><b>State</b> is {@code _live/states/<number>.json}, as the loader's commits are: it names all
 * files and the number of the loader's commit up to which they stand, and is there or not. Files
 * are written before, under names of their own run, and never changed. A crash leaves the former
 * state, and the next update reads the commits that it lacks. The tables are published from the
 * state by the warehouse's own protocol; their manifests name the state, so one that lags is
 * noticed. All of it follows from the loader's files: whoever deletes {@code _live} gets it built
 * again. Two updates at once read the same state, and one of them commits (exit 5 for the other).
 *
 * <p><b>A day ends</b> when its batch tables are fresh: {@link org.clickmill.jobs.live.LiveSwitch}
 * publishes live_summary of the day without rows. That one manifest is the switch.
 *
 * <p>An update is a small job in the process of the driver, on a laptop and on a cluster: with the
 * loader following a topic that process is there anyway, and an update takes less than a job of its
 * own would take to start. Its memory does not depend on the day, nor on how much waits: what has
 * no room is sorted on the local disk.
 */
package org.clickmill.jobs.live;
