package org.clickmill.jobs.push;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What the headers of a pushed record say: tombstones have them too, whose value cannot say it.
 *
 * @param table the table
 * @param partition the path of the partition below the table
 * @param version the version of the partition that brought the record
 * @param row 128 bits of a hash of the row without its version; null for a tombstone
 */
record PushHeaders(String table, String partition, int version, byte[] row) {
  private static final String TABLE = "clickmill.table";
  private static final String PARTITION = "clickmill.partition";
  private static final String VERSION = "clickmill.version";
  private static final String ROW = "clickmill.row";

  void addTo(Headers headers) {
    headers.add(TABLE, utf8(table));
    headers.add(PARTITION, utf8(partition));
    headers.add(VERSION, utf8(Integer.toString(version)));
    if (row != null) {
      headers.add(ROW, row);
    }
  }

  /**
   * Reads the headers of a record.
   *
   * @param table the table whose records are wanted
   * @return null if it is none of the table's
   */
  static PushHeaders read(Headers headers, byte[] table) {
    var named = headers.lastHeader(TABLE);
    if (named == null || !Arrays.equals(named.value(), table)) {
      return null;
    }
    var partition = headers.lastHeader(PARTITION);
    var version = headers.lastHeader(VERSION);
    var row = headers.lastHeader(ROW);
    if (partition == null || version == null) {
      return null;
    }
    try {
      return new PushHeaders(
          text(named),
          text(partition),
          Integer.parseInt(text(version)),
          row == null ? null : row.value());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
