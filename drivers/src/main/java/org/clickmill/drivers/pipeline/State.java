package org.clickmill.drivers.pipeline;

/** How a partition stands to what it is computed from. */
public enum State {
  /** Made of just what it would be made of now. */
  FRESH,
  /** Its inputs or settings are others now, or it is not there yet. */
  STALE,
  /** Fresh unless a stale input changes when it is recomputed. */
  MAY_BECOME_STALE,
  /** Made by an older logic of the analysis; recomputed only when asked. */
  OUTDATED,
  /** Not all of its input is there. */
  NOT_READY,
  /** It was deleted because of its age, or cannot be computed again because its input was. */
  EXPIRED
}
