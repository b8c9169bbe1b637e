package org.clickmill.jobs.groupby;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * The values, or NULL, that string columns have in the last row by a time column. Of rows at the
 * same time it is the one whose values are the greatest in the order of their bytes, NULL being the
 * least, so that the order of the input does not matter.
 */
final class LastMeasure<S extends RowSource> extends Measure<S> {
  private static final int NO_ROW = -1;

  private final String timeColumn;
  private final List<Values> columns;

  // Of the last row of each group.
  private long[] times = new long[64];

  /** The last row of each group in the batch at hand, or NO_ROW; the groups that have one. */
  private int[] batchRowOf = new int[64];

  private int[] changed = new int[64];

  /** The values of group 0, as they are written, while partial aggregates are merged. */
  private final ByteWriter merged = new ByteWriter();

  private final ByteReader reader = new ByteReader();
  private final ByteReader other = new ByteReader();

  /** One column's values, by the numbers that a dictionary gives them. */
  private static final class Values {
    private final String name;
    private final TextDictionary dictionary = new TextDictionary();
    private int[] translation = new int[0];
    private int[] numbers = new int[64];

    private Values(String name) {
      this.name = name;
    }

    private void begin(StringColumn column) {
      translation = TextDictionary.translation(column, translation);
    }

    private void set(int group, StringColumn column, int batchRow) {
      int id = column.ids()[batchRow];
      if (id == StringColumn.NULL) {
        numbers[group] = StringColumn.NULL;
        return;
      }
      if (translation[id] == TextDictionary.UNKNOWN) {
        translation[id] = dictionary.ordinal(column, id);
      }
      numbers[group] = translation[id];
    }

    /** Compares a row of the batch with another, or with what a group has if there is none. */
    private int compare(StringColumn column, int batchRow, int otherRow, int group) {
      int id = column.ids()[batchRow];
      if (otherRow == NO_ROW) {
        int number = numbers[group];
        if (id == StringColumn.NULL || number == StringColumn.NULL) {
          return Boolean.compare(id != StringColumn.NULL, number != StringColumn.NULL);
        }
        int start = dictionary.offset(number);
        return compare(column, id, dictionary.bytes(), start, start + dictionary.length(number));
      }
      int other = column.ids()[otherRow];
      if (id == other) {
        return 0;
      }
      if (id == StringColumn.NULL || other == StringColumn.NULL) {
        return id == StringColumn.NULL ? -1 : 1;
      }
      int start = column.offset(other);
      return compare(column, id, column.bytes(), start, start + column.length(other));
    }

    private static int compare(StringColumn column, int id, byte[] other, int start, int end) {
      int offset = column.offset(id);
      return Arrays.compareUnsigned(
          column.bytes(), offset, offset + column.length(id), other, start, end);
    }

    private void write(int group, ByteWriter partial) {
      int number = numbers[group];
      if (number == StringColumn.NULL) {
        partial.putNullText();
      } else {
        partial.putText(dictionary.bytes(), dictionary.offset(number), dictionary.length(number));
      }
    }
  }

  LastMeasure(int flags, String timeColumn, List<String> columns) {
    super(flags);
    this.timeColumn = timeColumn;
    this.columns = columns.stream().map(Values::new).toList();
  }

  @Override
  List<String> sources() {
    var names = new ArrayList<String>(List.of(timeColumn));
    columns.forEach(column -> names.add(column.name));
    return names;
  }

  @Override
  void open(int from, int to) {
    if (to > times.length) {
      resize(Math.max(to, 2 * times.length));
    }
    Arrays.fill(times, from, to, Long.MIN_VALUE);
    Arrays.fill(batchRowOf, from, to, NO_ROW);
    for (int i = 0; i < columns.size(); i++) {
      Arrays.fill(columns.get(i).numbers, from, to, StringColumn.NULL);
    }
  }

  private void resize(int length) {
    times = Arrays.copyOf(times, length);
    batchRowOf = Arrays.copyOf(batchRowOf, length);
    changed = Arrays.copyOf(changed, length);
    columns.forEach(column -> column.numbers = Arrays.copyOf(column.numbers, length));
  }

  @Override
  void add(Rows<S> rows, Selection selection, int[] groups) {
    var rowTimes = rows.batch().longs(timeColumn).values();
    var batchRows = rows.source().batchRows();
    var strings = new StringColumn[columns.size()];
    for (int i = 0; i < strings.length; i++) {
      strings[i] = rows.batch().strings(columns.get(i).name);
    }
    var selected = selection.rows();
    int changes = 0;
    for (int i = 0; i < selection.size(); i++) {
      int row = selected[i];
      int group = groups[row];
      int batchRow = batchRows[row];
      long time = rowTimes[batchRow];
      if (time > times[group] || time == times[group] && isGreater(strings, batchRow, group)) {
        if (batchRowOf[group] == NO_ROW) {
          changed[changes++] = group;
        }
        times[group] = time;
        batchRowOf[group] = batchRow;
      }
    }
    settle(strings, changes);
  }

  /** Whether a row has greater values than the last one of its group so far, of the same time. */
  private boolean isGreater(StringColumn[] strings, int batchRow, int group) {
    int order = 0;
    for (int i = 0; i < strings.length && order == 0; i++) {
      order = columns.get(i).compare(strings[i], batchRow, batchRowOf[group], group);
    }
    return order > 0;
  }

  /** Keeps of the groups' last rows what outlives the batch. */
  private void settle(StringColumn[] strings, int changes) {
    for (int column = 0; column < strings.length; column++) {
      var values = columns.get(column);
      values.begin(strings[column]);
      for (int i = 0; i < changes; i++) {
        values.set(changed[i], strings[column], batchRowOf[changed[i]]);
      }
    }
    for (int i = 0; i < changes; i++) {
      batchRowOf[changed[i]] = NO_ROW;
    }
  }

  @Override
  void write(int group, int part, ByteWriter partial) {
    partial.putSigned(times[group]);
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).write(group, partial);
    }
  }

  @Override
  void merge(ByteReader partial) {
    long time = partial.readSigned();
    int start = partial.position();
    for (int i = 0; i < columns.size(); i++) {
      partial.skip(Math.max(0, partial.readTextLength()));
    }
    int end = partial.position();
    boolean hasRow = time != Long.MIN_VALUE;
    if (time > times[0] || hasRow && time == times[0] && isGreater(partial.bytes(), start, end)) {
      times[0] = time;
      merged.clear().putBytes(partial.bytes(), start, end - start);
    }
  }

  /** Whether written values are greater than those merged so far. */
  private boolean isGreater(byte[] bytes, int start, int end) {
    reader.reset(merged.bytes(), 0, merged.length());
    other.reset(bytes, start, end - start);
    int order = 0;
    for (int i = 0; i < columns.size() && order == 0; i++) {
      int length = reader.readTextLength();
      int otherLength = other.readTextLength();
      if (length < 0 || otherLength < 0) {
        order = Boolean.compare(otherLength >= 0, length >= 0);
      } else {
        order =
            Arrays.compareUnsigned(
                other.bytes(),
                other.position(),
                other.position() + otherLength,
                reader.bytes(),
                reader.position(),
                reader.position() + length);
      }
      reader.skip(Math.max(0, length));
      other.skip(Math.max(0, otherLength));
    }
    return order > 0;
  }

  /** Sets the value of one of the columns in the group whose row is being written. */
  void set(int index, Row row, int ordinal) {
    if (times[0] == Long.MIN_VALUE) {
      return;
    }
    reader.reset(merged.bytes(), 0, merged.length());
    for (int i = 0; i < index; i++) {
      reader.skip(Math.max(0, reader.readTextLength()));
    }
    int length = reader.readTextLength();
    if (length >= 0) {
      row.setText(ordinal, reader.bytes(), reader.position(), length);
    }
  }

  @Override
  void reset() {
    times[0] = Long.MIN_VALUE;
    batchRowOf[0] = NO_ROW;
  }

  @Override
  void clear() {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).dictionary.clear();
    }
    if (times.length > KEPT_GROUPS) {
      resize(64);
    }
  }

  @Override
  long memoryBytes() {
    long bytes = (Long.BYTES + 2L * Integer.BYTES) * times.length;
    for (var column : columns) {
      bytes += column.dictionary.memoryBytes();
      bytes += (long) Integer.BYTES * (column.numbers.length + column.translation.length);
    }
    return bytes;
  }
}
