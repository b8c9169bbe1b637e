/**
 * Which rows differ between two versions of a partition.
 *
 * <p>Each version is sorted by the table's key ({@link org.clickmill.drivers.diff.RecordSort}: in
 * memory as far as that goes, then in temporary files), and both are read side by side, so that
 * memory does not grow with the partition. Files that both versions share are not read.
 */
package org.clickmill.drivers.diff;
