package org.clickmill.jobs.forget;

import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * Looks for ids in what {@link ByteWriter#putText} wrote: with their length before them. A number
 * that happens to stand there is taken for a length, too, so a state may be taken for one with an
 * id that has none.
 */
final class StateSearch {
  private final TreeSet<Integer> lengths = new TreeSet<>();
  private final PersonIds ids;

  StateSearch(PersonIds ids) {
    this.ids = ids;
    ids.users().forEach(this::add);
    ids.visitors().forEach(this::add);
  }

  private void add(String id) {
    lengths.add(id.getBytes(StandardCharsets.UTF_8).length);
  }

  boolean isIn(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (int size : lengths) {
      byte[] prefix = new byte[5];
      var writer = new ByteWriter().putUnsigned(size + 1L);
      System.arraycopy(writer.bytes(), 0, prefix, 0, writer.length());
      for (int i = offset; i + writer.length() + size <= end; i++) {
        if (startsWith(bytes, i, prefix, writer.length())
            && isId(bytes, i + writer.length(), size)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isId(byte[] bytes, int offset, int length) {
    return ids.isUser(bytes, offset, length) || ids.isVisitor(bytes, offset, length);
  }

  private static boolean startsWith(byte[] bytes, int offset, byte[] prefix, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[offset + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
