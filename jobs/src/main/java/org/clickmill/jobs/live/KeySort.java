package org.clickmill.jobs.live;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clickmill.jobs.kernel.AllClosed;
import org.clickmill.jobs.kernel.ScratchFile;

/** Sorts any number of keys: what has no room in memory waits in a temporary file. */
final class KeySort implements Closeable {
  /** What a key takes besides its bytes. */
  private static final int OVERHEAD = 24;

  private static final int BUFFER_SIZE = 1 << 16;

  private final long memoryBytes;
  private final List<byte[]> keys = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private ScratchFile scratch;
  private long bytes;

  /** A sorted part of the temporary file. */
  private record Run(long start, long end) {}

  KeySort(long memoryBytes) {
    this.memoryBytes = memoryBytes;
  }

  /** Takes a key, which the caller does not change any more. */
  void add(byte[] key) throws IOException {
    keys.add(key);
    bytes += key.length + OVERHEAD;
    if (bytes > memoryBytes) {
      spill();
    }
  }

  private void spill() throws IOException {
    keys.sort(Arrays::compareUnsigned);
    if (scratch == null) {
      scratch = new ScratchFile();
    }
    long start = scratch.length();
    try (var out = new DataOutputStream(new BufferedOutputStream(new Appender(), BUFFER_SIZE))) {
      for (var key : keys) {
        out.writeInt(key.length);
        out.write(key);
      }
    }
    runs.add(new Run(start, scratch.length()));
    keys.clear();
    bytes = 0;
  }

  /** All keys in order; none may be added afterwards. */
  KeyStream sorted() {
    keys.sort(Arrays::compareUnsigned);
    var rest = keys.iterator();
    KeyStream inMemory = () -> rest.hasNext() ? rest.next() : null;
    if (runs.isEmpty()) {
      return inMemory;
    }
    var all = new ArrayList<KeyStream>();
    all.add(inMemory);
    runs.forEach(run -> all.add(new RunReader(run)));
    return new KeyMerge(all);
  }

  @Override
  public void close() throws IOException {
    if (scratch != null) {
      AllClosed.close(List.of(scratch));
    }
  }

  /** Writes to the end of the temporary file. */
  private final class Appender extends OutputStream {
    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      scratch.append(ByteBuffer.wrap(source, offset, length));
    }
  }

  /** Reads a run through a small buffer of its own, since there may be many. */
  private final class RunReader implements KeyStream {
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE).limit(0);
    private final long end;
    private long position;

    RunReader(Run run) {
      position = run.start();
      end = run.end();
    }

    @Override
    public byte[] next() throws IOException {
      if (position == end && !buffer.hasRemaining()) {
        return null;
      }
      var length = new byte[Integer.BYTES];
      fill(length);
      var key = new byte[ByteBuffer.wrap(length).getInt()];
      fill(key);
      return key;
    }

    private void fill(byte[] target) throws IOException {
      int filled = 0;
      while (filled < target.length) {
        if (!buffer.hasRemaining()) {
          buffer.clear().limit((int) Math.min(BUFFER_SIZE, end - position));
          scratch.read(position, buffer);
          position += buffer.flip().limit();
        }
        int size = Math.min(buffer.remaining(), target.length - filled);
        buffer.get(target, filled, size);
        filled += size;
      }
    }
  }
}
