package org.clickmill.jobs.load;

import com.fasterxml.jackson.annotation.JsonInclude;

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
 * @param forgotten events of users and visitors on the suppression list, which were dropped; 0 is
 *     not in commits, so that suites from before can read them
 */
public record RangeCounts(
    long events,
    long late,
    long rejected,
    long tombstones,
    long filtered,
    long added,
    long gaps,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long forgotten) {
  static final RangeCounts NONE = new RangeCounts(0, 0, 0, 0, 0, 0, 0, 0);

  RangeCounts plus(RangeCounts other) {
    return new RangeCounts(
        events + other.events,
        late + other.late,
        rejected + other.rejected,
        tombstones + other.tombstones,
        filtered + other.filtered,
        added + other.added,
        gaps + other.gaps,
        forgotten + other.forgotten);
  }

  /** Records that the consumer was given. */
  public long records() {
    return events + late + rejected + tombstones + filtered + forgotten - added;
  }

  /** All offsets. */
  long offsets() {
    return records() + gaps;
  }
}
