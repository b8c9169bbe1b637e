/**
 * Access to the bytes of data files, whatever their format: {@link
 * org.clickmill.formats.fs.FileBytes} reads ranges of a file into arrays that are reused, {@link
 * org.clickmill.formats.fs.SizeLimit} says how large a part of one may be.
 */
package org.clickmill.formats.fs;
