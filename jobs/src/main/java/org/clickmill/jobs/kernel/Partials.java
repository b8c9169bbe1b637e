package org.clickmill.jobs.kernel;

import java.util.Iterator;
import org.apache.hadoop.io.BytesWritable;

/** The partials of one key, to be read once: {@code while (partials.next()) … partials.value()}. */
public final class Partials {
  private final ByteReader value = new ByteReader();
  private Iterator<BytesWritable> values;
  private long events;

  /** Begins with the partials of another key. */
  public void reset(Iterator<BytesWritable> values) {
    this.values = values;
  }

  /** Moves to the next partial; false when there is none. */
  public boolean next() {
    if (!values.hasNext()) {
      return false;
    }
    var bytes = values.next();
    value.reset(bytes.getBytes(), 0, bytes.getLength());
    events += value.readUnsigned();
    return true;
  }

  /** The current partial, as the fold wrote it. */
  public ByteReader value() {
    return value;
  }

  /** Number of input rows in all partials seen since the object was made. */
  public long events() {
    return events;
  }
}
