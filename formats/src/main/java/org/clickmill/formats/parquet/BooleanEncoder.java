package org.clickmill.formats.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;

/** A column of booleans, one bit each. */
final class BooleanEncoder extends ColumnEncoder {
  private static final int INITIAL_BYTES = 8;

  private byte[] bits = new byte[INITIAL_BYTES];
  private int ones;

  BooleanEncoder(ColumnDescriptor descriptor, PageEncoder pages) {
    super(descriptor, pages, PageEncoder.MAX_ROWS);
  }

  @Override
  void add(boolean isPresent, long number, byte[] bytes, int start) throws IOException {
    if (!isPresent) {
      addNull();
      return;
    }
    int position = values() / Byte.SIZE;
    if (position == bits.length) {
      bits = Arrays.copyOf(bits, 2 * position);
    }
    if (number != 0) {
      bits[position] |= (byte) (1 << values() % Byte.SIZE);
      ones++;
    }
    addPresent();
  }

  @Override
  long plainBytes() {
    return size();
  }

  @Override
  long dictionaryBytes() {
    return 0;
  }

  @Override
  Statistics<?> statistics() {
    var statistics = Statistics.createStats(type());
    if (ones < values()) {
      statistics.updateStats(false);
    }
    if (ones > 0) {
      statistics.updateStats(true);
    }
    return statistics;
  }

  @Override
  long textBytes() {
    return 0;
  }

  @Override
  Encoding putValues() {
    int size = size();
    pages().body().put(bits, 0, size);
    Arrays.fill(bits, 0, size, (byte) 0);
    ones = 0;
    return Encoding.PLAIN;
  }

  @Override
  DictionaryPage dictionary() {
    return null;
  }

  @Override
  void clear() {}

  private int size() {
    return (values() + Byte.SIZE - 1) / Byte.SIZE;
  }
}
