package org.clickmill.benchmarks;

import java.util.Map;

/**
 * How many records a side has found in a topic, where that is its answer.
 *
 * @param partitions by number
 * @param total of what was made of them in the end
 */
record RecordCounts(Map<Integer, Long> partitions, long total) {
  static final ComparedTable TABLE = ComparedTable.of("records", "part", "records");

  /** SQL for the table. */
  String relation() {
    var rows = new StringBuilder();
    partitions.forEach(
        (number, records) ->
            rows.append("('partition ").append(number).append("', ").append(records).append("), "));
    return "(SELECT * FROM (VALUES " + rows + "('all', " + total + ")) t(part, records))";
  }
}
