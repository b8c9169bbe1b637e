package org.clickmill.jobs.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * What the tasks of {@link SlidingJobs} are told.
 *
 * @param days by table, the days since the epoch that are to be written
 * @param inOneJob whether the rows of all days fit into the memory of the task that makes them
 */
record SlidePlan(Map<String, List<Long>> days, boolean inOneJob) {
  private static final String KEY = "clickmill.internal.slide.plan";

  static SlidePlan of(List<Request> requests, boolean inOneJob) {
    var days = new TreeMap<String, List<Long>>();
    for (var request : requests) {
      days.computeIfAbsent(request.table().dataset(), any -> new ArrayList<>())
          .add(request.start().toEpochDay());
    }
    days.replaceAll((table, unsorted) -> unsorted.stream().distinct().sorted().toList());
    return new SlidePlan(days, inOneJob);
  }

  RequestedDays of(String table) {
    return new RequestedDays(days.get(table), inOneJob);
  }

  void write(Configuration configuration) {
    TaskSetting.write(configuration, KEY, this);
  }

  static SlidePlan read(Configuration configuration) {
    return TaskSetting.read(configuration, KEY, SlidePlan.class);
  }
}
