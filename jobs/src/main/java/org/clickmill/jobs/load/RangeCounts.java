package org.clickmill.jobs.load;

/**
 * What the offsets of a range turned out to be; together they are all offsets of the range.
 *
 * @param events written to hours that were open
 * @param late events of hours that were sealed before
 * @param rejected records that could not be events
 * @param tombstones records without a value
 * @param gaps offsets without a record: compacted, of an aborted transaction, or the marker of one
 */
public record RangeCounts(long events, long late, long rejected, long tombstones, long gaps) {
  static final RangeCounts NONE = new RangeCounts(0, 0, 0, 0, 0);

  RangeCounts plus(RangeCounts other) {
    return new RangeCounts(
        events + other.events,
        late + other.late,
        rejected + other.rejected,
        tombstones + other.tombstones,
        gaps + other.gaps);
  }

  /** Records that the consumer was given. */
  public long records() {
    return events + late + rejected + tombstones;
  }

  /** All offsets. */
  long offsets() {
    return records() + gaps;
  }
}
