/**
 * How events and tables are read. An analysis is given {@link
 * org.clickmill.formats.read.ColumnBatch column batches}: up to a row group of rows, column by
 * column, in primitive arrays, texts as dictionary ids. {@link
 * org.clickmill.formats.read.BatchInput} tells a MapReduce job what to read, {@link
 * org.clickmill.formats.read.BatchInputFormat} cuts it into splits and {@link
 * org.clickmill.formats.read.BatchReader} reads one file, Parquet or Avro alike. {@link
 * org.clickmill.formats.read.EventFileReader} and {@link org.clickmill.formats.read.TableReader}
 * are row views of the same batches.
 *
 * <p>Parquet is decoded here page by page: the bytes of a column chunk are read when the column is
 * first asked for, every size in them is checked before it is believed, and dictionary ids are
 * kept. Encodings that this does not know go to parquet-java's own reader, per column chunk. A
 * damaged file ends as one clear error that names file, column and row group.
 */
package org.clickmill.formats.read;
