package org.clickmill.formats.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * A column of texts or bytes, by a dictionary if that pays. While there is a dictionary values wait
 * as ids, later as they stand in PLAIN.
 */
final class BytesEncoder extends ColumnEncoder {
  private static final int INITIAL_VALUES = 64;

  private final BytesDictionary dictionary;
  private final DictionaryUse use;
  private final BytesRange range = new BytesRange();
  private int[] ids = new int[INITIAL_VALUES];
  private EncodedBytes plain = new EncodedBytes(0);
  private long plainBytes;

  /** The last page that an entry was seen in, by id. */
  private int[] lastSeen = new int[INITIAL_VALUES];

  private int page;

  BytesEncoder(ColumnDescriptor descriptor, PageEncoder pages) {
    super(descriptor, pages, PageEncoder.MAX_ROWS);
    this.dictionary = new BytesDictionary(pages.dictionaryBytes());
    this.use = new DictionaryUse(pages);
  }

  @Override
  void add(boolean isPresent, long number, byte[] bytes, int start) throws IOException {
    if (!isPresent) {
      addNull();
      return;
    }
    int length = (int) number;
    if (plainBytes + Integer.BYTES + length > pages().pageBytes() && values() > 0) {
      finishPage();
    }
    if (!use.isPossible() || !addId(bytes, start, length)) {
      plain.putText(bytes, start, length);
    }
    plainBytes += Integer.BYTES + length;
    addPresent();
  }

  private boolean addId(byte[] bytes, int start, int length) {
    int id = dictionary.id(bytes, start, length);
    if (id == BytesDictionary.FULL) {
      giveUp();
      return false;
    }
    int count = values();
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, 2 * count);
    }
    ids[count] = id;
    return true;
  }

  /** Replaces the ids that wait by what they stand for. */
  private void giveUp() {
    use.giveUp();
    byte[] entries = dictionary.entries().array();
    for (int i = 0; i < values(); i++) {
      plain.putText(entries, dictionary.offset(ids[i]), dictionary.length(ids[i]));
    }
  }

  @Override
  long plainBytes() {
    return plainBytes;
  }

  @Override
  long dictionaryBytes() {
    return dictionary.bytes(use.sizeOf(dictionary.size()));
  }

  @Override
  Statistics<?> statistics() {
    var statistics = Statistics.createStats(type());
    if (values() > 0) {
      if (use.isPossible()) {
        addIdsToRange();
      } else {
        addPlainToRange();
      }
      statistics.updateStats(Binary.fromConstantByteArray(range.min()));
      statistics.updateStats(Binary.fromConstantByteArray(range.max()));
    }
    return statistics;
  }

  private void addIdsToRange() {
    page++;
    int size = dictionary.size();
    if (size > lastSeen.length) {
      lastSeen = Arrays.copyOf(lastSeen, Math.max(size, 2 * lastSeen.length));
    }
    range.begin(dictionary.entries().array());
    for (int i = 0; i < values(); i++) {
      int id = ids[i];
      if (lastSeen[id] != page) {
        lastSeen[id] = page;
        range.add(dictionary.offset(id), dictionary.length(id));
      }
    }
  }

  private void addPlainToRange() {
    range.begin(plain.array());
    int position = 0;
    while (position < plain.length()) {
      int length = plain.intAt(position);
      position += Integer.BYTES;
      range.add(position, length);
      position += length;
    }
  }

  @Override
  long textBytes() {
    return plainBytes - (long) Integer.BYTES * values();
  }

  @Override
  Encoding putValues() {
    boolean hasIds =
        use.isPossible(values())
            && use.putIds(ids, values(), dictionary.size(), dictionaryBytes(), plainBytes);
    if (!hasIds) {
      if (plain.length() < plainBytes) {
        giveUp();
      }
      pages().body().put(plain.array(), 0, plain.length());
      plain.clear();
    }
    plainBytes = 0;
    return hasIds ? Encoding.PLAIN_DICTIONARY : Encoding.PLAIN;
  }

  @Override
  DictionaryPage dictionary() throws IOException {
    int size = use.size();
    return size == 0
        ? null
        : pages().dictionary(dictionary.entries().array(), dictionary.bytes(size), size);
  }

  @Override
  void clear() {
    dictionary.clear();
    use.clear();
  }
}
