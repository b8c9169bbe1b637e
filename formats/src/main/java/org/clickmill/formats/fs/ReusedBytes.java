package org.clickmill.formats.fs;

/** An array that grows with what it has to hold, and is otherwise the same each time. */
public final class ReusedBytes {
  private static final long MOST_AHEAD = 1 << 26;

  private byte[] bytes = new byte[0];

  /** An array of at least the given number of bytes, which hold anything. */
  public byte[] ofSize(int size) {
    if (size > bytes.length) {
      bytes = new byte[Math.max(size, (int) Math.min(2L * bytes.length, MOST_AHEAD))];
    }
    return bytes;
  }
}
