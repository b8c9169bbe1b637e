package org.clickmill.formats.parquet;

import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;

/**
 * A data page that waits for its row group to be written.
 *
 * @param bytes levels and values, compressed
 * @param encodedSize their size before they were compressed
 * @param encoding of the values
 */
record EncodedPage(
    byte[] bytes,
    int encodedSize,
    int rows,
    Encoding encoding,
    Statistics<?> statistics,
    SizeStatistics sizes) {}
