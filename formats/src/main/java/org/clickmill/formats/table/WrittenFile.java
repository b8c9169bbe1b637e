package org.clickmill.formats.table;

import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.warehouse.Manifest.DataFile;

/**
 * A finished file.
 *
 * @param file its name, size, number of rows and checksum, as a manifest lists it
 * @param fingerprint what its rows are
 */
public record WrittenFile(DataFile file, Fingerprint fingerprint) {}
