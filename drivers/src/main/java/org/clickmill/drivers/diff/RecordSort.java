package org.clickmill.drivers.diff;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.clickmill.drivers.diff.SortedRecords.Entry;
import org.clickmill.jobs.kernel.ScratchFile;

/**
 * Sorts records by their keys. What does not fit the memory it may use is sorted in parts, which
 * wait in a temporary file and are merged while they are read.
 */
public final class RecordSort implements Closeable {
  /** What is used unless a test says otherwise. */
  public static final long DEFAULT_MEMORY = 32L << 20;

  /** What a record takes besides its bytes. */
  private static final int OVERHEAD = 96;

  private static final int HEADER = 2 * Integer.BYTES;
  private static final int LEAST_BUFFER = 4 << 10;
  private static final int MOST_BUFFER = 1 << 20;
  private static final Comparator<Entry> BY_KEY =
      (one, other) -> Arrays.compareUnsigned(one.key(), other.key());

  private final long memory;
  private final List<Entry> waiting = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private long used;
  private ScratchFile file;

  /** A sorted part, from its first byte in the file to behind its last. */
  private record Part(long start, long end) {}

  /**
   * @param memory bytes that the records may take while they are sorted, and again while they are
   *     read
   */
  public RecordSort(long memory) {
    this.memory = memory;
  }

  /** Takes a record. Records with equal keys stay, in any order. */
  public void add(byte[] key, byte[] value) throws IOException {
    waiting.add(new Entry(key, value));
    used += (long) OVERHEAD + key.length + value.length;
    if (used > memory) {
      spill();
    }
  }

  /** How many parts lie in the temporary file. */
  int parts() {
    return parts.size();
  }

  /** All records; none can be added any more. They are valid until this is closed. */
  public SortedRecords sorted() throws IOException {
    if (parts.isEmpty()) {
      waiting.sort(BY_KEY);
      var iterator = waiting.iterator();
      return () -> iterator.hasNext() ? iterator.next() : null;
    }
    if (!waiting.isEmpty()) {
      spill();
    }
    int buffer =
        Math.toIntExact(Math.max(LEAST_BUFFER, Math.min(MOST_BUFFER, memory / parts.size())));
    var heads = new PriorityQueue<Head>((one, other) -> BY_KEY.compare(one.entry(), other.entry()));
    for (var part : parts) {
      var head = new Head(new PartReader(file, part, buffer));
      if (head.advance()) {
        heads.add(head);
      }
    }
    return () -> next(heads);
  }

  private static Entry next(PriorityQueue<Head> heads) throws IOException {
    var head = heads.poll();
    if (head == null) {
      return null;
    }
    var entry = head.entry();
    if (head.advance()) {
      heads.add(head);
    }
    return entry;
  }

  private void spill() throws IOException {
    if (file == null) {
      file = new ScratchFile();
    }
    waiting.sort(BY_KEY);
    long start = file.length();
    var buffer = ByteBuffer.allocate(MOST_BUFFER);
    for (var entry : waiting) {
      int size = Math.addExact(HEADER, Math.addExact(entry.key().length, entry.value().length));
      if (size > buffer.remaining()) {
        append(buffer);
      }
      boolean isLarge = size > buffer.capacity();
      var target = isLarge ? ByteBuffer.allocate(size) : buffer;
      target
          .putInt(entry.key().length)
          .putInt(entry.value().length)
          .put(entry.key())
          .put(entry.value());
      if (isLarge) {
        append(target);
      }
    }
    append(buffer);
    parts.add(new Part(start, file.length()));
    waiting.clear();
    used = 0;
  }

  private void append(ByteBuffer buffer) throws IOException {
    buffer.flip();
    file.append(buffer);
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    waiting.clear();
    if (file != null) {
      file.close();
    }
  }

  /** A part and the first of its records that was not handed out. */
  private static final class Head {
    private final PartReader reader;
    private Entry entry;

    Head(PartReader reader) {
      this.reader = reader;
    }

    Entry entry() {
      return entry;
    }

    boolean advance() throws IOException {
      entry = reader.next();
      return entry != null;
    }
  }

  /** Reads the records of a part. */
  private static final class PartReader {
    private final ScratchFile file;
    private final long end;
    private final ByteBuffer buffer;
    private long position;

    PartReader(ScratchFile file, Part part, int bufferSize) {
      this.file = file;
      this.position = part.start();
      this.end = part.end();
      this.buffer = ByteBuffer.allocate(bufferSize).limit(0);
    }

    Entry next() throws IOException {
      if (position == end && !buffer.hasRemaining()) {
        return null;
      }
      int keyLength = ByteBuffer.wrap(bytes(Integer.BYTES)).getInt();
      int valueLength = ByteBuffer.wrap(bytes(Integer.BYTES)).getInt();
      return new Entry(bytes(keyLength), bytes(valueLength));
    }

    private byte[] bytes(int length) throws IOException {
      var bytes = new byte[length];
      int filled = 0;
      while (filled < length) {
        if (!buffer.hasRemaining()) {
          buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
          file.read(position, buffer);
          position += buffer.position();
          buffer.flip();
        }
        int part = Math.min(length - filled, buffer.remaining());
        buffer.get(bytes, filled, part);
        filled += part;
      }
      return bytes;
    }
  }
}
