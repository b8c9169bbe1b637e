package org.clickmill.jobs.groupby;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.TextDictionary;

/** Numbers the groups that rows fall into, in the order in which they turn up. */
final class Slots {
  private static final int NEW = -1;

  private final Keys keys;
  private final Text[] texts;

  /** Groups by their value and bucket; without keys there is one group. */
  private final Pairs pairs = new Pairs();

  private int[] slotOfRow = new int[0];

  /** The values of a column that turned up. */
  private static final class Text {
    private final Keys.Value value;
    private final byte[] ofNull;
    private final TextDictionary dictionary = new TextDictionary();

    /** Values together with those of the columns before; unused for the first. */
    private final Pairs withThoseBefore = new Pairs();

    private StringColumn column;
    private int[] translation = new int[0];

    private Text(Keys.Value value) {
      this.value = value;
      ofNull = value.ofNull() == null ? null : value.ofNull().getBytes(StandardCharsets.UTF_8);
    }

    private void begin(ColumnBatch batch) {
      column = batch.strings(value.source());
      translation = TextDictionary.translation(column, translation);
    }

    private int ordinal(int batchRow) {
      int id = column.ids()[batchRow];
      if (id == StringColumn.NULL) {
        return dictionary.ordinal(ofNull, 0, ofNull.length);
      }
      if (translation[id] == TextDictionary.UNKNOWN) {
        translation[id] = dictionary.ordinal(column, id);
      }
      return translation[id];
    }
  }

  /** Numbers pairs of numbers. */
  private static final class Pairs {
    private final Long2IntOpenHashMap numbers = new Long2IntOpenHashMap();
    private long[] firsts = new long[64];
    private int[] seconds = new int[64];
    private int size;

    private Pairs() {
      numbers.defaultReturnValue(NEW);
    }

    /**
     * @param first any number of which the low half tells those apart that meet here
     */
    private int number(long first, int second) {
      int number = numbers.putIfAbsent(((long) second << 32) | (first & 0xffffffffL), size);
      if (number != NEW) {
        return number;
      }
      if (size == firsts.length) {
        firsts = Arrays.copyOf(firsts, 2 * size);
        seconds = Arrays.copyOf(seconds, 2 * size);
      }
      firsts[size] = first;
      seconds[size] = second;
      return size++;
    }

    private void clear() {
      numbers.clear();
      size = 0;
    }

    private long memoryBytes() {
      return firsts.length * 12L + numbers.size() * 24L;
    }
  }

  Slots(Keys keys) {
    this.keys = keys;
    texts = keys.values().stream().map(Text::new).toArray(Text[]::new);
  }

  int size() {
    return pairs.size;
  }

  /**
   * The group of each row of a selection, by the row's number.
   *
   * @return is filled anew for each batch
   */
  int[] of(ColumnBatch batch, RowSource source, Selection selection) {
    for (var text : texts) {
      text.begin(batch);
    }
    var rows = selection.rows();
    var batchRows = source.batchRows();
    if (slotOfRow.length < batchRows.length) {
      slotOfRow = new int[batchRows.length];
    }
    for (int i = 0; i < selection.size(); i++) {
      slotOfRow[rows[i]] = 0;
    }
    for (int t = 0; t < texts.length; t++) {
      addText(texts[t], t == 0, batchRows, selection);
    }
    addBucket(source, selection);
    return slotOfRow;
  }

  private void addText(Text text, boolean isFirst, int[] batchRows, Selection selection) {
    var rows = selection.rows();
    for (int i = 0; i < selection.size(); i++) {
      int row = rows[i];
      int ordinal = text.ordinal(batchRows[row]);
      slotOfRow[row] = isFirst ? ordinal : text.withThoseBefore.number(slotOfRow[row], ordinal);
    }
  }

  private void addBucket(RowSource source, Selection selection) {
    var rows = selection.rows();
    if (keys.bucket() == null) {
      for (int i = 0; i < selection.size(); i++) {
        slotOfRow[rows[i]] = pairs.number(0, slotOfRow[rows[i]]);
      }
      return;
    }
    var times = source.times();
    // Minutes since the epoch fit an int, and shorter buckets of one day differ in its low half.
    long length = keys.bucket().milliseconds();
    for (int i = 0; i < selection.size(); i++) {
      int row = rows[i];
      slotOfRow[row] = pairs.number(Math.floorDiv(times[row], length), slotOfRow[row]);
    }
  }

  /** Writes the key of a group: the bucket, and the values. */
  void putKey(int slot, ByteWriter key) {
    if (keys.bucket() != null) {
      key.putOrdered(pairs.firsts[slot] * keys.bucket().milliseconds());
    }
    putTexts(texts.length - 1, pairs.seconds[slot], key, true);
  }

  /** The last value is as it is, those before have their lengths. */
  private void putTexts(int index, int number, ByteWriter key, boolean isLast) {
    if (index < 0) {
      return;
    }
    var text = texts[index];
    int ordinal = number;
    if (index > 0) {
      putTexts(index - 1, (int) text.withThoseBefore.firsts[number], key, false);
      ordinal = text.withThoseBefore.seconds[number];
    }
    var values = text.dictionary;
    if (isLast) {
      key.putBytes(values.bytes(), values.offset(ordinal), values.length(ordinal));
    } else {
      key.putText(values.bytes(), values.offset(ordinal), values.length(ordinal));
    }
  }

  long memoryBytes() {
    long bytes = pairs.memoryBytes();
    for (var text : texts) {
      bytes += text.dictionary.memoryBytes() + text.withThoseBefore.memoryBytes();
    }
    return bytes;
  }

  void clear() {
    pairs.clear();
    for (var text : texts) {
      text.dictionary.clear();
      text.withThoseBefore.clear();
      text.column = null;
    }
  }
}
