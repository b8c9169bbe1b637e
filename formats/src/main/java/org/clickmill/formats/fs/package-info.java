/**
 * The bytes of data files, whatever their format: {@link org.clickmill.formats.fs.FileBytes} reads
 * ranges of a file into arrays that are reused, {@link org.clickmill.formats.fs.SizeLimit} says how
 * large a part of one may be, {@link org.clickmill.formats.fs.ChecksumOutputStream} computes the
 * checksum of a file while it is written.
 */
package org.clickmill.formats.fs;
