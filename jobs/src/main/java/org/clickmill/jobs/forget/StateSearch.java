package org.clickmill.jobs.forget;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * Looks for ids in what {@link ByteWriter#putText} wrote: with their length before them. A number
 * that happens to stand there is taken for a length, too, so a state may be taken for one with an
 * id that has none.
 */
final class StateSearch {
  private final List<Length> lengths;
  private final PersonIds ids;

  /**
   * A length that ids have.
   *
   * @param bytes of such an id
   * @param prefix what is written before it
   */
  private record Length(int bytes, byte[] prefix) {
    private static Length of(int bytes) {
      var writer = new ByteWriter().putUnsigned(bytes + 1L);
      return new Length(bytes, Arrays.copyOf(writer.bytes(), writer.length()));
    }
  }

  StateSearch(PersonIds ids) {
    this.ids = ids;
    this.lengths =
        Stream.concat(ids.users().stream(), ids.visitors().stream())
            .map(id -> id.getBytes(StandardCharsets.UTF_8).length)
            .distinct()
            .map(Length::of)
            .toList();
  }

  boolean isIn(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (var one : lengths) {
      byte[] prefix = one.prefix();
      for (int i = offset; i + prefix.length + one.bytes() <= end; i++) {
        int id = i + prefix.length;
        if (Arrays.equals(bytes, i, id, prefix, 0, prefix.length) && isId(bytes, id, one.bytes())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isId(byte[] bytes, int offset, int length) {
    return ids.isUser(bytes, offset, length) || ids.isVisitor(bytes, offset, length);
  }
}
