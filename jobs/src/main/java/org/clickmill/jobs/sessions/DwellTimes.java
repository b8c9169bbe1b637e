package org.clickmill.jobs.sessions;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.TextDictionary;
import org.clickmill.jobs.sessions.EventColumns.Strings;

/**
 * How long a session spent with each category on each device: from each event to the next one. The
 * last event has no time. Events are added in content order.
 */
final class DwellTimes {
  private static final TableSchema SCHEMA = Sessions.SESSION_DWELL_SCHEMA;
  private static final int CATEGORY = SCHEMA.ordinal("category_code");
  private static final int DEVICE = SCHEMA.ordinal("device");
  private static final int MILLISECONDS = SCHEMA.ordinal("milliseconds");
  private static final int IS_OPEN = SCHEMA.ordinal("is_open");

  private static final byte[] NONE = TextCondition.NONE.getBytes(StandardCharsets.UTF_8);
  private static final int NO_PLACE = -1;

  /** Pairs of category and device that are remembered of a session; of others nothing is. */
  private static final int MOST_PAIRS = 10_000;

  private static final int KEPT_PAIRS = 1 << 10;

  /** Names of sessions that are over are forgotten when they take more. */
  private static final long KEPT_BYTES = 1L << 20;

  private final TextDictionary names = new TextDictionary();
  private final Names categories = new Names();
  private final Names devices = new Names();
  private final Long2IntOpenHashMap places = new Long2IntOpenHashMap();
  private long[] pairs = new long[8];
  private long[] milliseconds = new long[8];
  private int size;

  /** Of the last event, if there is one. */
  private boolean hasLast;

  private long lastPair;
  private long lastTime;

  /** A column of the batch, and the numbers of its strings as far as they are known. */
  private final class Names {
    private Strings column;
    private int[] known = new int[0];

    private void begin(Strings next) {
      column = next;
      known = known.length < next.size ? new int[next.size] : known;
      forget();
    }

    private void forget() {
      Arrays.fill(known, TextDictionary.UNKNOWN);
    }

    private long of(int row) {
      int id = column.ids[row];
      if (id < 0) {
        return names.ordinal(NONE, 0, NONE.length);
      }
      if (known[id] == TextDictionary.UNKNOWN) {
        known[id] = names.ordinal(column.bytes, column.offsets[id], column.length(id));
      }
      return known[id];
    }
  }

  DwellTimes() {
    places.defaultReturnValue(NO_PLACE);
  }

  /** Begins with the columns of another batch, or of another event. */
  void begin(EventColumns columns) {
    categories.begin(columns.categories);
    devices.begin(columns.devices);
  }

  void add(long time, int row) {
    if (hasLast) {
      add(lastPair, time - lastTime);
    }
    hasLast = true;
    lastTime = time;
    lastPair = categories.of(row) << Integer.SIZE | devices.of(row);
  }

  private void add(long pair, long time) {
    int place = places.get(pair);
    if (place == NO_PLACE) {
      if (size == MOST_PAIRS) {
        return;
      }
      if (size == pairs.length) {
        pairs = Arrays.copyOf(pairs, 2 * size);
        milliseconds = Arrays.copyOf(milliseconds, 2 * size);
      }
      place = size++;
      places.put(pair, place);
      pairs[place] = pair;
      milliseconds[place] = 0;
    }
    milliseconds[place] += time;
  }

  /** Begins with another session. */
  void clear() {
    hasLast = false;
    if (size > 0) {
      places.clear();
      if (size > KEPT_PAIRS) {
        places.trim();
      }
      size = 0;
    }
    if (names.memoryBytes() > KEPT_BYTES) {
      names.clear();
      categories.forget();
      devices.forget();
    }
  }

  /** Writes a row for each category and device. */
  void write(RowSink sink, boolean isOpen) throws IOException {
    for (int place = 0; place < size; place++) {
      var row = sink.row();
      int category = category(pairs[place]);
      int device = device(pairs[place]);
      row.setText(CATEGORY, names.bytes(), names.offset(category), names.length(category));
      row.setText(DEVICE, names.bytes(), names.offset(device), names.length(device));
      row.setLong(MILLISECONDS, milliseconds[place]);
      row.setBoolean(IS_OPEN, isOpen);
      sink.write();
    }
  }

  private static int category(long pair) {
    return (int) (pair >>> Integer.SIZE);
  }

  private static int device(long pair) {
    return (int) pair;
  }

  /** Writes the state of a session that has an event. */
  void write(ByteWriter target) {
    target.putSigned(lastTime);
    putPair(lastPair, target);
    target.putUnsigned(size);
    for (int place = 0; place < size; place++) {
      putPair(pairs[place], target);
      target.putUnsigned(milliseconds[place]);
    }
  }

  private void putPair(long pair, ByteWriter target) {
    putName(category(pair), target);
    putName(device(pair), target);
  }

  private void putName(int name, ByteWriter target) {
    target.putText(names.bytes(), names.offset(name), names.length(name));
  }

  /** Reads what {@link #write} wrote, into a state that is clear. */
  void read(ByteReader source) {
    hasLast = true;
    lastTime = source.readSigned();
    lastPair = readPair(source);
    for (long left = source.readUnsigned(); left > 0; left--) {
      add(readPair(source), source.readUnsigned());
    }
  }

  private long readPair(ByteReader source) {
    return readName(source) << Integer.SIZE | readName(source);
  }

  private long readName(ByteReader source) {
    int length = source.readTextLength();
    int name = names.ordinal(source.bytes(), source.position(), length);
    source.skip(length);
    return name;
  }
}
