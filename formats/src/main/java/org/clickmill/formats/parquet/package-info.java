/**
 * Parquet files, those of this suite and those of others alike. {@link
 * org.clickmill.formats.parquet.ParquetFooter} reads what a file says about itself, {@link
 * org.clickmill.formats.parquet.ChunkPages} the pages of a column chunk. Every size is checked
 * before it is believed, so that damage ends as a {@link
 * org.clickmill.formats.failure.DamagedFileException} and never for want of memory.
 *
 * <p>Values are decoded from these pages by the column decoders of {@code read} or, in encodings
 * that those do not know and of nested columns, by parquet-java: {@link
 * org.clickmill.formats.parquet.ColumnPages} hands it the pages after a {@link
 * org.clickmill.formats.parquet.PageCheck}.
 */
package org.clickmill.formats.parquet;
