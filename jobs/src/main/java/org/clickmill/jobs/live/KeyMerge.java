package org.clickmill.jobs.live;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.clickmill.jobs.kernel.AllClosed;

/** Several streams as one; of equal keys all come. */
final class KeyMerge implements KeyStream {
  private final List<KeyStream> streams;
  private PriorityQueue<Head> heads;

  /** A stream and the key that is next in it. */
  private static final class Head {
    private final byte[] key;
    private final KeyStream rest;

    Head(byte[] key, KeyStream rest) {
      this.key = key;
      this.rest = rest;
    }
  }

  KeyMerge(List<KeyStream> streams) {
    this.streams = List.copyOf(streams);
  }

  @Override
  public byte[] next() throws IOException {
    if (heads == null) {
      heads = new PriorityQueue<>((a, b) -> Arrays.compareUnsigned(a.key, b.key));
      for (var stream : streams) {
        push(stream);
      }
    }
    var head = heads.poll();
    if (head == null) {
      return null;
    }
    push(head.rest);
    return head.key;
  }

  private void push(KeyStream stream) throws IOException {
    var key = stream.next();
    if (key != null) {
      heads.add(new Head(key, stream));
    }
  }

  @Override
  public void close() throws IOException {
    AllClosed.close(streams);
  }
}
