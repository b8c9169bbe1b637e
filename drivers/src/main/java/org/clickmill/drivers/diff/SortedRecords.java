package org.clickmill.drivers.diff;

import java.io.IOException;

/** Records in the order of their keys. */
@FunctionalInterface
public interface SortedRecords {
  /** The next record, or null after the last. */
  Entry next() throws IOException;

  /** A record: any bytes under a key, whose order is that of its unsigned bytes. */
  final class Entry {
    private final byte[] key;
    private final byte[] value;

    public Entry(byte[] key, byte[] value) {
      this.key = key;
      this.value = value;
    }

    public byte[] key() {
      return key;
    }

    public byte[] value() {
      return value;
    }
  }
}
