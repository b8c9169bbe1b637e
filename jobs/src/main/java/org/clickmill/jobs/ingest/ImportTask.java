package org.clickmill.jobs.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * What every task of an import is told.
 *
 * @param mapping name or path of the mapping
 * @param replaced identities whose rows leave the hours that are carried over
 * @param skipCorruptFiles whether a corrupt file is passed over
 * @param day the day of the run, under which rejects are filed
 * @param runId the run
 * @param now when the run began; hours that end later are not over and take no events
 */
record ImportTask(
    String mapping,
    Set<String> replaced,
    boolean skipCorruptFiles,
    String day,
    String runId,
    long now) {
  private static final String KEY = "clickmill.internal.import";
  private static final ObjectMapper JSON = new ObjectMapper();

  void write(Configuration configuration) {
    try {
      configuration.set(KEY, JSON.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static ImportTask read(Configuration configuration) {
    try {
      return JSON.readValue(configuration.get(KEY), ImportTask.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Instant started() {
    return Instant.ofEpochMilli(now);
  }
}
