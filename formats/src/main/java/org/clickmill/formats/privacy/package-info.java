/**
 * What keeps personal data out: keys in files that nobody else may read, keyed hashes of the ids of
 * users and visitors, and the list of those who are forgotten.
 *
 * <p>A {@link org.clickmill.formats.privacy.SuppressionList} lies below the warehouse's root and
 * holds no id, only keyed hashes: whoever reads it without its key learns nothing but how many ids
 * are on it. {@link org.clickmill.formats.privacy.SuppressedIds} is what it says, {@link
 * org.clickmill.formats.privacy.SuppressedIds.Lookup} asks it for the ids of one event after the
 * other. A {@link org.clickmill.formats.privacy.Door} is what events pass on their way in, of the
 * {@link org.clickmill.formats.privacy.DoorKeys} that a driver has read; {@link
 * org.clickmill.formats.privacy.IdHash} hashes their ids.
 */
package org.clickmill.formats.privacy;
