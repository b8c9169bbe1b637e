/**
 * Avro's container files and binary encoding, in files of events and of others alike. {@link
 * org.clickmill.formats.avro.AvroBlocks} reads the blocks of a file, {@link
 * org.clickmill.formats.avro.AvroDecoder} the values in a block or a message. No size in a file is
 * believed before it has been compared with what is there, so that damage ends as a {@link
 * org.clickmill.formats.failure.DamagedFileException} and never for want of memory. {@link
 * org.clickmill.formats.avro.AvroBatchReader} fills column batches from blocks, {@link
 * org.clickmill.formats.avro.EventKeyReader} makes sort keys of the bytes of events.
 *
 * <p>{@link org.clickmill.formats.avro.AvroEventWriter} writes the events of an hour, block by
 * block, with the file's checksum and the events' fingerprint as the writer of Parquet does.
 */
package org.clickmill.formats.avro;
