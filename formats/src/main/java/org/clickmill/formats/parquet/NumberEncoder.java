package org.clickmill.formats.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;

/** A column of numbers, by a dictionary if that pays. */
final class NumberEncoder extends ColumnEncoder {
  private static final int INITIAL_VALUES = 64;

  private final NumberKind kind;
  private final LongDictionary dictionary;
  private final DictionaryUse use;
  private long[] bits = new long[INITIAL_VALUES];

  NumberEncoder(NumberKind kind, ColumnDescriptor descriptor, PageEncoder pages) {
    super(descriptor, pages, Math.min(PageEncoder.MAX_ROWS, pages.pageBytes() / kind.width()));
    this.kind = kind;
    this.dictionary = new LongDictionary(pages.dictionaryBytes() / kind.width());
    this.use = new DictionaryUse(pages);
  }

  @Override
  void add(boolean isPresent, long number, byte[] bytes, int start) throws IOException {
    if (!isPresent) {
      addNull();
      return;
    }
    int count = values();
    if (count == bits.length) {
      bits = Arrays.copyOf(bits, 2 * count);
    }
    bits[count] = number;
    addPresent();
  }

  @Override
  long plainBytes() {
    return (long) kind.width() * values();
  }

  @Override
  long dictionaryBytes() {
    return (long) kind.width() * use.sizeOf(dictionary.size());
  }

  @Override
  Statistics<?> statistics() {
    kind.toBits(bits, values());
    return kind.statistics(type(), bits, values());
  }

  @Override
  long textBytes() {
    return 0;
  }

  @Override
  Encoding putValues() {
    if (putIds()) {
      return Encoding.PLAIN_DICTIONARY;
    }
    if (kind.width() == Integer.BYTES) {
      pages().body().putInts(bits, values());
    } else {
      pages().body().putLongs(bits, values());
    }
    return Encoding.PLAIN;
  }

  private boolean putIds() {
    if (!use.isPossible(values())) {
      return false;
    }
    int[] ids = pages().numbers(values());
    if (!dictionary.lookUp(bits, values(), ids)) {
      use.giveUp();
      return false;
    }
    return use.putIds(ids, values(), dictionary.size(), dictionaryBytes(), plainBytes());
  }

  @Override
  DictionaryPage dictionary() throws IOException {
    int size = use.size();
    if (size == 0) {
      return null;
    }
    pages().begin();
    var body = pages().body();
    if (kind.width() == Integer.BYTES) {
      body.putInts(dictionary.entries(), size);
    } else {
      body.putLongs(dictionary.entries(), size);
    }
    return pages().dictionary(body.array(), body.length(), size);
  }

  @Override
  void clear() {
    dictionary.clear();
    use.clear();
  }
}
