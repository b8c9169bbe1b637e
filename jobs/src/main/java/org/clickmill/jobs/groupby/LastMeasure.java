package org.clickmill.jobs.groupby;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.formats.write.Row;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * The values, or NULL, that string columns have in the last row: by a time column, and of two at
 * the same time the one that stands behind the other in the file.
 */
final class LastMeasure<S extends RowSource> extends Measure<S> {
  private static final int NO_ROW = -1;

  private final String timeColumn;
  private final List<Values> columns;

  // Of the last row of each group.
  private long[] times = new long[64];
  private long[] positions = new long[64];

  /** The last row of each group in the batch at hand, or NO_ROW; the groups that have one. */
  private int[] batchRowOf = new int[64];

  private int[] changed = new int[64];

  /** The values of group 0, as they are written, while partial aggregates are merged. */
  private final ByteWriter merged = new ByteWriter();

  private final ByteReader reader = new ByteReader();

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
    Arrays.fill(positions, from, to, Long.MIN_VALUE);
    Arrays.fill(batchRowOf, from, to, NO_ROW);
    for (int i = 0; i < columns.size(); i++) {
      Arrays.fill(columns.get(i).numbers, from, to, StringColumn.NULL);
    }
  }

  private void resize(int length) {
    times = Arrays.copyOf(times, length);
    positions = Arrays.copyOf(positions, length);
    batchRowOf = Arrays.copyOf(batchRowOf, length);
    changed = Arrays.copyOf(changed, length);
    columns.forEach(column -> column.numbers = Arrays.copyOf(column.numbers, length));
  }

  @Override
  void add(Rows<S> rows, Selection selection, int[] groups) {
    long first = rows.batch().position() << 32;
    var rowTimes = rows.batch().longs(timeColumn).values();
    var batchRows = rows.source().batchRows();
    var selected = selection.rows();
    int changes = 0;
    for (int i = 0; i < selection.size(); i++) {
      int row = selected[i];
      int group = groups[row];
      int batchRow = batchRows[row];
      long time = rowTimes[batchRow];
      if (isLast(group, time, first + batchRow)) {
        if (batchRowOf[group] == NO_ROW) {
          changed[changes++] = group;
        }
        times[group] = time;
        batchRowOf[group] = batchRow;
      }
    }
    settle(rows, first, changes);
  }

  /** Whether a row, later in the batch than those before, is the last of its group so far. */
  private boolean isLast(int group, long time, long position) {
    return time > times[group]
        || (time == times[group] && (batchRowOf[group] != NO_ROW || position >= positions[group]));
  }

  /** Keeps of the groups' last rows what outlives the batch. */
  private void settle(Rows<S> rows, long first, int changes) {
    for (var column : columns) {
      var strings = rows.batch().strings(column.name);
      column.begin(strings);
      for (int i = 0; i < changes; i++) {
        column.set(changed[i], strings, batchRowOf[changed[i]]);
      }
    }
    for (int i = 0; i < changes; i++) {
      int group = changed[i];
      positions[group] = first + batchRowOf[group];
      batchRowOf[group] = NO_ROW;
    }
  }

  @Override
  void write(int group, int part, ByteWriter partial) {
    partial.putSigned(times[group]).putSigned(positions[group]);
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).write(group, partial);
    }
  }

  @Override
  void merge(ByteReader partial) {
    long time = partial.readSigned();
    long position = partial.readSigned();
    int start = partial.position();
    for (int i = 0; i < columns.size(); i++) {
      partial.skip(Math.max(0, partial.readTextLength()));
    }
    if (isLast(0, time, position)) {
      times[0] = time;
      positions[0] = position;
      merged.clear().putBytes(partial.bytes(), start, partial.position() - start);
    }
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
    positions[0] = Long.MIN_VALUE;
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
    long bytes = (2L * Long.BYTES + 2L * Integer.BYTES) * times.length;
    for (var column : columns) {
      bytes += column.dictionary.memoryBytes();
      bytes += (long) Integer.BYTES * (column.numbers.length + column.translation.length);
    }
    return bytes;
  }
}
