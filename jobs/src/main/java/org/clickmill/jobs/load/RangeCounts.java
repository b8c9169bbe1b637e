package org.clickmill.jobs.load;

/**
 * What the offsets of a range turned out to be; together, without those that were added, they are
 * all offsets of the range.
 *
 * @param events written to hours that were open
 * @param late events of hours that were sealed before
 * @param rejected records, and items of records, that could not be events
 * @param tombstones records without a value
 * @param filtered records that the mapping leaves out
 * @param added events and rejects beyond the first of their record, where a record is several
 * @param gaps offsets without a record: compacted, of an aborted transaction, or the marker of one
 */
public record RangeCounts(
    long events, long late, long rejected, long tombstones, long filtered, long added, long gaps) {
  static final RangeCounts NONE = new RangeCounts(0, 0, 0, 0, 0, 0, 0);

  RangeCounts plus(RangeCounts other) {
    return new RangeCounts(
        events + other.events,
        late + other.late,
        rejected + other.rejected,
        tombstones + other.tombstones,
        filtered + other.filtered,
        added + other.added,
        gaps + other.gaps);
  }

  /** Records that the consumer was given. */
  public long records() {
    return events + late + rejected + tombstones + filtered - added;
  }

  /** All offsets. */
  long offsets() {
    return records() + gaps;
  }
}
