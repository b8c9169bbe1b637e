/**
 * A warehouse on disk: where datasets and partitions lie, what a partition's manifest says, and how
 * a partition is published whole or not at all.
 *
 * <p>A run stages a partition below {@code _staging/<run>/}, complete with {@code _MANIFEST.json}
 * and {@code _SUCCESS}, and then creates an <em>intent</em>, {@code
 * _intents/<dataset>/<partition>.r<revision>.json}, without overwrite. That creation is the commit:
 * of two runs that start from the same revision one wins. Whoever meets an intent rolls it forward,
 * nobody ever rolls one back: the published folder moves to {@code _trash/}, the staged one takes
 * its place, the intent is deleted. Each step is one rename without overwrite from a name that
 * exists only once, so a process that wakes up late repeats a step in vain, not in error. What a
 * commit relies on is synced before it, and its moves before the intent is deleted.
 *
 * <p>A recomputed partition whose rows did not change keeps its files and its version; only its
 * manifest is renewed, by one rename that replaces it.
 *
 * <p>{@link org.clickmill.formats.warehouse.Warehouse} finds and reads, {@link
 * org.clickmill.formats.warehouse.Publisher} publishes, {@link
 * org.clickmill.formats.warehouse.Manifest} is what is known of a partition, {@link
 * org.clickmill.formats.warehouse.AtomicLocalFileSystem} gives a local disk the atomic steps that
 * HDFS has.
 */
package org.clickmill.formats.warehouse;
