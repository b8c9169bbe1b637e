/**
 * Retention: which partitions have been kept for long enough, and their deletion.
 *
 * <p>A partition expires by a commit like any other: one without files takes its place, with a
 * manifest that keeps version, inputs and fingerprint and says what was there. So nothing that was
 * made from it becomes stale, nothing computes it again, and what it held lies in the trash for as
 * long as everything that is replaced.
 *
 * <p>{@link org.clickmill.drivers.expire.Retention} is what the settings ask for; {@link
 * org.clickmill.drivers.expire.Expiry} keeps what a table is still to be made from, and deletes the
 * rest.
 */
package org.clickmill.drivers.expire;
