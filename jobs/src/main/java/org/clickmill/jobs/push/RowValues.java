package org.clickmill.jobs.push;

import java.io.IOException;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.read.streaming.JsonLine;
import org.clickmill.formats.warehouse.Manifest;

/** Writes the values of pushed records. */
interface RowValues {
  /**
   * The value of a row.
   *
   * @param manifest of the partition
   * @param columns what {@link RowJson#columns} made of the row
   */
  byte[] write(TableReader row, Manifest manifest, byte[] columns) throws IOException;

  /**
   * JSON objects: {@code _table}, {@code _partition}, {@code _version}, {@code dt}, the columns.
   */
  final class Json implements RowValues {
    @Override
    public byte[] write(TableReader row, Manifest manifest, byte[] columns) {
      byte[] begin =
          JsonLine.utf8(
              "{\"_table\":\""
                  + manifest.dataset()
                  + "\",\"_partition\":\""
                  + manifest.partition()
                  + "\",\"_version\":"
                  + manifest.version());
      byte[] value = new byte[begin.length + columns.length];
      System.arraycopy(begin, 0, value, 0, begin.length);
      System.arraycopy(columns, 0, value, begin.length, columns.length);
      return value;
    }
  }
}
