package org.clickmill.jobs.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ReflectionUtils;

/**
 * Which partitions a fold job is to write, as its tasks see it. A table's index in the list stands
 * for the table in the shuffle.
 */
final class Targets {
  private static final String KEY = "clickmill.internal.fold.targets";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Target> targets;

  /**
   * One table and its partitions.
   *
   * @param analysis makes the table's folds and merges
   * @param starts first day of each partition's stretch, and whether all its days are there
   */
  record Target(Analysis analysis, Table table, SortedMap<LocalDate, Boolean> starts) {
    boolean wants(LocalDate day) {
      return starts.containsKey(table.grain().start(day));
    }
  }

  private record Written(String analysis, String dataset, SortedMap<String, Boolean> starts) {}

  Targets(List<Target> targets) {
    this.targets = List.copyOf(targets);
  }

  List<Target> list() {
    return targets;
  }

  void write(Configuration configuration) {
    var written = new ArrayList<Written>();
    for (var target : targets) {
      var starts = new TreeMap<String, Boolean>();
      target.starts().forEach((day, complete) -> starts.put(day.toString(), complete));
      written.add(
          new Written(target.analysis().getClass().getName(), target.table().dataset(), starts));
    }
    try {
      configuration.set(KEY, JSON.writeValueAsString(written));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Targets read(Configuration configuration) {
    try {
      var targets = new ArrayList<Target>();
      for (var written :
          JSON.readValue(configuration.get(KEY), new TypeReference<List<Written>>() {})) {
        var type = configuration.getClassByName(written.analysis()).asSubclass(Analysis.class);
        var analysis = ReflectionUtils.newInstance(type, configuration);
        var table =
            analysis.tables().stream()
                .filter(candidate -> candidate.dataset().equals(written.dataset()))
                .findFirst()
                .orElseThrow();
        var starts = new TreeMap<LocalDate, Boolean>();
        written.starts().forEach((day, complete) -> starts.put(LocalDate.parse(day), complete));
        targets.add(new Target(analysis, table, starts));
      }
      return new Targets(targets);
    } catch (JsonProcessingException | ClassNotFoundException e) {
      throw new IllegalStateException("Invalid setting " + KEY, e);
    }
  }
}
