package org.clickmill.jobs.ingest;

import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.jobs.kernel.TaskSetting;

/**
 * What every task of an import is told.
 *
 * @param mapping text of the mapping, since tasks may not reach its file
 * @param replaced identities whose rows leave the hours that are carried over
 * @param skipCorruptFiles whether a corrupt file is skipped
 * @param day the day of the run, under which rejects are filed
 * @param runId the run
 * @param now when the run began; hours that end later are not over and take no events
 * @param extraColumns that the events which are written can have values in
 */
record ImportTask(
    String mapping,
    Set<String> replaced,
    boolean skipCorruptFiles,
    String day,
    String runId,
    long now,
    Set<EventColumn> extraColumns) {
  private static final String KEY = "clickmill.internal.import";

  void write(Configuration configuration) {
    TaskSetting.write(configuration, KEY, this);
  }

  static ImportTask read(Configuration configuration) {
    return TaskSetting.read(configuration, KEY, ImportTask.class);
  }
}
