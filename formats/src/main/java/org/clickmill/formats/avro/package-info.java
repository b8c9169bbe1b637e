/**
 * Avro's container files and binary encoding. {@link org.clickmill.formats.avro.AvroBlocks} reads
 * the blocks of a file, {@link org.clickmill.formats.avro.AvroDecoder} the values in a block or a
 * message. No size in a file is believed before it has been compared with what is there, so that
 * damage ends as a {@link org.clickmill.formats.failure.DamagedFileException} and never for want of
 * memory. Files of events and foreign files are read alike.
 */
package org.clickmill.formats.avro;
