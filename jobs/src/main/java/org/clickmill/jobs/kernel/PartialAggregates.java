package org.clickmill.jobs.kernel;

import java.util.Iterator;
import org.apache.hadoop.io.BytesWritable;

/**
 * The partial aggregates of one key, partials for short, to be read once: {@code while
 * (partials.next()) … partials.value()}.
 */
public final class PartialAggregates {
  private final ByteReader value = new ByteReader();
  private Source source;
  private long events;
  private long count;

  /** Where the partials of a key lie. */
  interface Source {
    /** Points a reader at the next partial, its number of events first; false if there is none. */
    boolean next(ByteReader reader);
  }

  /** Begins with the partials of another key. */
  public void reset(Iterator<BytesWritable> values) {
    reset(source(values));
  }

  static Source source(Iterator<BytesWritable> values) {
    return reader -> {
      if (!values.hasNext()) {
        return false;
      }
      var bytes = values.next();
      reader.reset(bytes.getBytes(), 0, bytes.getLength());
      return true;
    };
  }

  void reset(Source next) {
    source = next;
  }

  /** Moves to the next partial; false when there is none. */
  public boolean next() {
    if (!source.next(value)) {
      return false;
    }
    events += value.readUnsigned();
    count++;
    return true;
  }

  /** The current partial, as the fold wrote it. */
  public ByteReader value() {
    return value;
  }

  /** Number of partials seen since the object was made. */
  long count() {
    return count;
  }

  /** Number of input rows in all partials seen since the object was made. */
  public long events() {
    return events;
  }
}
