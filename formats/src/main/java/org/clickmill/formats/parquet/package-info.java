/**
 * Parquet files, those of this suite and those of others alike. {@link
 * org.clickmill.formats.parquet.ParquetFooter} reads what a file says about itself, {@link
 * org.clickmill.formats.parquet.ChunkPages} the pages of a column chunk. Every size is checked
 * before it is believed, so that damage ends as a {@link
 * org.clickmill.formats.failure.DamagedFileException} and never for want of memory.
 *
 * <p>{@link org.clickmill.formats.parquet.ParquetBatchReader} decodes pages into column batches:
 * the bytes of a column chunk are read when the column is first asked for, and dictionary ids are
 * kept. Values in encodings that it does not know, and those of nested columns, are decoded by
 * parquet-java: {@link org.clickmill.formats.parquet.ColumnPages} hands it the same pages after a
 * {@link org.clickmill.formats.parquet.PageCheck}.
 *
 * <p>{@link org.clickmill.formats.parquet.ParquetTableWriter} writes rows. It computes the file's
 * checksum and the rows' {@linkplain org.clickmill.formats.event.Fingerprint fingerprint} while it
 * writes, so that a manifest can be made without reading a file again. The same rows in the same
 * order give the same bytes. A writer that is closed without having been finished deletes its file.
 */
package org.clickmill.formats.parquet;
