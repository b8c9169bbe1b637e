/**
 * Writing data files. A {@link org.clickmill.formats.write.TableSchema} names the columns of a
 * table, taken from an Avro schema; a {@link org.clickmill.formats.write.Row} holds one row of it
 * and is reused for the next; {@link org.clickmill.formats.write.ParquetTableWriter} writes rows as
 * Parquet, {@link org.clickmill.formats.write.AvroEventWriter} writes events as Avro.
 *
 * <p>Every writer computes the file's checksum and the rows' {@linkplain
 * org.clickmill.formats.event.Fingerprint fingerprint} while it writes, so that a manifest can be
 * made without reading a file again. The same rows in the same order give the same bytes. A writer
 * that is closed without having been finished deletes its file.
 */
package org.clickmill.formats.write;
