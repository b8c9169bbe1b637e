package org.clickmill.jobs.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.hadoop.conf.Configuration;

/** What a driver tells its tasks: a record that travels as JSON in the job's configuration. */
public final class TaskSetting {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TaskSetting() {}

  public static void write(Configuration configuration, String key, Record value) {
    try {
      configuration.set(key, JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static <T extends Record> T read(Configuration configuration, String key, Class<T> type) {
    try {
      return JSON.readValue(configuration.get(key), type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Invalid setting " + key, e);
    }
  }
}
