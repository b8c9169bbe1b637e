package org.clickmill.jobs.interactions;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.ScratchFile;

/**
 * Ids in the order of their bytes, in blocks of a temporary file of the task. In memory are the
 * first id of each block, and the blocks that were used last. All ids are added before any is
 * looked for.
 */
final class SortedIdFile implements Closeable {
  static final int NOT_FOUND = -1;

  private static final int BLOCK_BYTES = 4096;

  private final ScratchFile file;
  private final List<byte[]> firstIds = new ArrayList<>();
  private final LongArrayList firstNumbers = new LongArrayList();
  private final LongArrayList positions = new LongArrayList();
  private final ByteWriter block = new ByteWriter();
  private final ByteReader reader = new ByteReader();
  private final Map<Integer, byte[]> cache;
  private byte[] last = new byte[0];
  private long size;

  /**
   * @param cacheBytes of blocks that are kept in memory; at least one is
   */
  SortedIdFile(long cacheBytes) throws IOException {
    int blocks = (int) Math.max(1, Math.min(1 << 20, cacheBytes / BLOCK_BYTES));
    cache =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Integer, byte[]> eldest) {
            return size() > blocks;
          }
        };
    file = new ScratchFile();
    positions.add(0);
  }

  /** Adds an id; false, and nothing is added, if it is not greater than the one before. */
  boolean add(byte[] source, int offset, int length) throws IOException {
    byte[] id = Arrays.copyOfRange(source, offset, offset + length);
    if (size > 0 && Arrays.compareUnsigned(last, id) >= 0) {
      return false;
    }
    if (block.length() >= BLOCK_BYTES) {
      writeBlock();
    }
    if (block.length() == 0) {
      firstIds.add(id);
      firstNumbers.add(size);
    }
    block.putText(id, 0, length);
    last = id;
    size++;
    return true;
  }

  /** How many ids stand before an id, or {@link #NOT_FOUND}. */
  long find(byte[] source, int offset, int length) throws IOException {
    if (block.length() > 0) {
      writeBlock();
    }
    int index = blockOf(source, offset, length);
    if (index < 0) {
      return NOT_FOUND;
    }
    byte[] ids = block(index);
    reader.reset(ids, 0, ids.length);
    for (long number = firstNumbers.getLong(index); reader.remaining() > 0; number++) {
      int idLength = reader.readTextLength();
      int start = reader.position();
      if (Arrays.equals(ids, start, start + idLength, source, offset, offset + length)) {
        return number;
      }
      reader.skip(idLength);
    }
    return NOT_FOUND;
  }

  /** The last block whose first id is not greater; -1 if there is none. */
  private int blockOf(byte[] source, int offset, int length) {
    int low = 0;
    int high = firstIds.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      byte[] first = firstIds.get(middle);
      if (Arrays.compareUnsigned(first, 0, first.length, source, offset, offset + length) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  private byte[] block(int index) throws IOException {
    byte[] known = cache.get(index);
    if (known != null) {
      return known;
    }
    long position = positions.getLong(index);
    byte[] bytes = new byte[(int) (positions.getLong(index + 1) - position)];
    file.read(position, ByteBuffer.wrap(bytes));
    cache.put(index, bytes);
    return bytes;
  }

  private void writeBlock() throws IOException {
    file.append(ByteBuffer.wrap(block.bytes(), 0, block.length()));
    positions.add(file.length());
    block.clear();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
