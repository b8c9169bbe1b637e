/**
 * How jobs read events and tables. {@link org.clickmill.formats.read.BatchInput} tells a MapReduce
 * job what to read, {@link org.clickmill.formats.read.BatchInputFormat} cuts it into splits and
 * {@link org.clickmill.formats.read.BatchFiles} opens one file, Parquet or Avro alike, as {@link
 * org.clickmill.formats.table.ColumnBatch column batches}. {@link
 * org.clickmill.formats.read.EventFileReader} and {@link org.clickmill.formats.read.TableReader}
 * are row views of the same batches.
 */
package org.clickmill.formats.read;
