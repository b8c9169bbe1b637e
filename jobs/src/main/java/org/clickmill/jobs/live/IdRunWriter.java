package org.clickmill.jobs.live;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Sensitivity;
import org.clickmill.formats.warehouse.SyncedFiles;

/**
 * Writes a run of sorted ids: blocks of hashes and buckets, each with its checksum behind it, so
 * that a block that is looked up by itself is known to be as it was written.
 */
final class IdRunWriter implements Closeable {
  /** An id's hash and bucket. */
  static final int RECORD = 2 * Long.BYTES + Short.BYTES;

  /** How many ids a block has; the last one may have fewer. */
  static final int BLOCK = 512;

  private static final int BUFFER_SIZE = 1 << 16;

  private final OutputStream out;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK * RECORD + Integer.BYTES);
  private long ids;

  IdRunWriter(FileSystem fileSystem, Path path) throws IOException {
    out =
        new BufferedOutputStream(
            SyncedFiles.create(fileSystem, path, Sensitivity.PERSONAL), BUFFER_SIZE);
  }

  /** The checksum of a block's ids. */
  static int checksum(ByteBuffer block, int ids) {
    var checksum = new CRC32C();
    checksum.update(block.array(), 0, ids * RECORD);
    return (int) checksum.getValue();
  }

  void write(long high, long low, int bucket) throws IOException {
    block.putLong(high).putLong(low).putShort((short) bucket);
    ids++;
    if (ids % BLOCK == 0) {
      writeBlock();
    }
  }

  private void writeBlock() throws IOException {
    block.putInt(checksum(block, block.position() / RECORD));
    out.write(block.array(), 0, block.position());
    block.clear();
  }

  /** Completes the file and tells how many ids it has. */
  long finish() throws IOException {
    if (block.position() > 0) {
      writeBlock();
    }
    out.close();
    return ids;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
