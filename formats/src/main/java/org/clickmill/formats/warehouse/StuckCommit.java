package org.clickmill.formats.warehouse;

/**
 * A commit that cannot be carried out as things are. It blocks its own partition and no other.
 *
 * @param partition the partition that it would publish
 * @param message what is in its way, and what to do
 */
public record StuckCommit(Partition partition, String message) {}
