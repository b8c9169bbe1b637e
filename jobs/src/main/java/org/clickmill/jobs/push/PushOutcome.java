package org.clickmill.jobs.push;

import java.util.ArrayList;
import java.util.List;

/**
 * What a push did.
 *
 * @param table the table
 * @param topic the topic
 * @param pushed partitions that were pushed
 * @param fresh partitions whose version the topic had already
 * @param rows records with a row
 * @param tombstones records that delete a key
 * @param unchanged rows that the topic had already
 * @param bytes of keys and values, before compression
 * @param rowsRead rows that were read in the warehouse to find these, of versions before, too
 * @param recordsRead records that were read back from the topic to find them
 * @param seconds it took
 * @param warnings what the user should look at
 */
public record PushOutcome(
    String table,
    String topic,
    int pushed,
    int fresh,
    long rows,
    long tombstones,
    long unchanged,
    long bytes,
    long rowsRead,
    long recordsRead,
    double seconds,
    List<String> warnings) {
  public PushOutcome {
    warnings = List.copyOf(warnings);
  }

  PushOutcome withWarning(String warning) {
    var all = new ArrayList<>(warnings);
    all.add(warning);
    return new PushOutcome(
        table,
        topic,
        pushed,
        fresh,
        rows,
        tombstones,
        unchanged,
        bytes,
        rowsRead,
        recordsRead,
        seconds,
        all);
  }
}
