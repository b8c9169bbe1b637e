package org.clickmill.jobs.push;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.push.SentRows.Share;

/** Goes through rows of a version of a partition. */
final class RowScan {
  private static final Hasher128 HASHER = Hashing.murmur3_128();

  private final Warehouse warehouse;
  private final RowJson json;
  private long read;

  RowScan(Warehouse warehouse, RowJson json) {
    this.warehouse = warehouse;
    this.json = json;
  }

  /** Takes rows. */
  @FunctionalInterface
  interface Visitor {
    /**
     * A row.
     *
     * @param columns the end of its JSON object
     * @param hash 128 bits of a hash of the columns
     */
    void row(TableReader row, byte[] key, byte[] columns, byte[] hash) throws IOException;
  }

  /**
   * Reads the rows that are wanted of a share of the keys.
   *
   * @param day of the partition
   * @return how many rows were read and not wanted
   */
  long scan(VersionFiles files, LocalDate day, Share share, Visitor visitor) throws IOException {
    byte[] dayText = PushHeaders.utf8(day.toString());
    long unwanted = 0;
    for (var file : files.files()) {
      var path = new Path(files.folder(), file.name());
      try (var row = TableReader.open(warehouse.fileSystem(), path, warehouse.configuration())) {
        while (row.next()) {
          read++;
          if (!files.wants(row)) {
            unwanted++;
            continue;
          }
          byte[] key = json.key(row, dayText);
          if (share.count() > 1 && !share.has(ByteBuffer.wrap(key))) {
            continue;
          }
          byte[] columns = json.columns(row, dayText);
          visitor.row(row, key, columns, hash(columns));
        }
      }
    }
    return unwanted;
  }

  /** How many rows were read so far, of whatever version. */
  long read() {
    return read;
  }

  private static byte[] hash(byte[] columns) {
    HashValue128 hash = HASHER.hashBytesTo128Bits(columns);
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(hash.getMostSignificantBits())
        .putLong(hash.getLeastSignificantBits())
        .array();
  }
}
