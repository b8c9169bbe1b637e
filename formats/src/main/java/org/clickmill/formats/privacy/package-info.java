/**
 * What keeps personal data out: keys in files that nobody else may read, keyed hashes of the ids of
 * users and visitors, and the list of those who are forgotten.
 *
 * <p>A {@link org.clickmill.formats.privacy.SuppressionList} lies below the warehouse's root and
 * holds no id, only keyed hashes: whoever reads it without its key learns nothing but how many ids
 * are on it. {@link org.clickmill.formats.privacy.SuppressedIds} is what it says, {@link
 * org.clickmill.formats.privacy.SuppressedIds.Lookup} asks it for the ids of one event after the
 * other.
 */
package org.clickmill.formats.privacy;
