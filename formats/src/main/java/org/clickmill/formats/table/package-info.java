/**
 * What rows are, whatever file they lie in. A {@link org.clickmill.formats.table.TableSchema} names
 * the columns of a table, taken from an Avro schema; a {@link org.clickmill.formats.table.Row}
 * holds one row to be written and is reused for the next. What is read comes as {@link
 * org.clickmill.formats.table.ColumnBatch column batches}: up to a row group of rows, column by
 * column, in primitive arrays, strings as dictionary ids. The {@link
 * org.clickmill.formats.table.ColumnDecoder column decoders} fill these arrays from what stands in
 * a file; a {@link org.clickmill.formats.table.BatchRequest} says what of it is wanted.
 */
package org.clickmill.formats.table;
