package org.clickmill.jobs.expression;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.clickmill.formats.table.StringColumn;

/** Dictionaries that are put together of others. */
public final class Dictionaries {
  private static final int[] NO_ROWS = new int[0];

  private Dictionaries() {}

  /** A dictionary of texts that are known beforehand. */
  public static StringColumn of(List<String> texts) {
    var builder = new Builder(texts.size());
    for (var text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      builder.add(bytes, 0, bytes.length);
    }
    return builder.build();
  }

  /** The texts of several dictionaries, one after the other. */
  public static StringColumn concatenated(List<StringColumn> parts) {
    int entries = 0;
    int length = 0;
    for (var part : parts) {
      entries = Math.addExact(entries, part.dictionarySize());
      length = Math.addExact(length, textLength(part));
    }
    var bytes = new byte[length];
    var offsets = new int[entries + 1];
    int entry = 0;
    int end = 0;
    for (var part : parts) {
      int size = part.dictionarySize();
      int start = size == 0 ? 0 : part.offset(0);
      System.arraycopy(part.bytes(), start, bytes, end, textLength(part));
      for (int id = 0; id < size; id++) {
        offsets[entry++] = end + part.offset(id) - start;
      }
      end += textLength(part);
    }
    offsets[entry] = end;
    return new StringColumn(NO_ROWS, bytes, offsets, entries, false);
  }

  private static int textLength(StringColumn part) {
    int size = part.dictionarySize();
    return size == 0 ? 0 : part.offsets()[size] - part.offset(0);
  }

  /** A dictionary that grows by texts. */
  public static final class Builder {
    private byte[] bytes = new byte[256];
    private final int[] offsets;
    private int size;
    private int pending;

    /**
     * @param most how many texts there will be at most
     */
    public Builder(int most) {
      offsets = new int[most + 1];
    }

    /** Adds a text; returns its id. */
    public int add(byte[] source, int from, int length) {
      append(source, from, length);
      return end();
    }

    /** Adds bytes to the text that {@link #end} will end. */
    public void append(byte[] source, int from, int length) {
      int begin = offsets[size] + pending;
      if (begin + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(begin + length, 2 * bytes.length));
      }
      System.arraycopy(source, from, bytes, begin, length);
      pending += length;
    }

    /** Ends a text; returns its id. */
    public int end() {
      offsets[size + 1] = offsets[size] + pending;
      pending = 0;
      return size++;
    }

    public StringColumn build() {
      return new StringColumn(NO_ROWS, bytes, offsets, size, false);
    }
  }
}
