package org.clickmill.jobs.container;

/**
 * How a job ended in the container.
 *
 * @param job its id there; null if it could not be started
 * @param maps the number of its map tasks
 * @param failure why it failed; null if it ended well
 * @param isHopeless whether others like it would fail too
 */
record Answer(String job, int maps, String failure, boolean isHopeless) {
  static Answer failed(String reason) {
    return new Answer(null, 0, reason, false);
  }

  static Answer hopeless(String reason) {
    return new Answer(null, 0, reason, true);
  }
}
