package org.clickmill.jobs.kernel;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/**
 * A temporary local file of a task, for what has no room in its memory: appended to, then read at
 * any place. It is deleted when it is closed, or when the task's process ends.
 */
public final class ScratchFile implements Closeable {
  private final FileChannel channel;
  private long length;

  public ScratchFile() throws IOException {
    channel =
        FileChannel.open(
            Files.createTempFile("clickmill-", null),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Number of bytes in the file. */
  public long length() {
    return length;
  }

  /** Writes what is left in a buffer to the end of the file. */
  public void append(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      length += channel.write(buffer, length);
    }
  }

  /**
   * Fills a buffer with the bytes from a position of the file on.
   *
   * @throws EOFException if the file ends before the buffer is full
   */
  public void read(long position, ByteBuffer buffer) throws IOException {
    long next = position;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, next);
      if (read < 0) {
        throw new EOFException("Cannot read a temporary file: it ends at byte " + next);
      }
      next += read;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
