package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.write.TableSchema;

/**
 * An output table of an analysis: what it holds, and what its rows depend on.
 *
 * @param dataset its name, which is also its folder
 * @param schema its columns
 * @param input the dataset that its partitions are computed from
 * @param grain the stretch of days of one partition
 * @param logicVersion raised when the same input gives other rows
 * @param settings the settings that change its rows
 */
public record Table(
    String dataset,
    TableSchema schema,
    String input,
    Grain grain,
    int logicVersion,
    List<ConfigKey<?>> settings) {

  /** The partition for the stretch of days that begins on a day. */
  public Partition partition(LocalDate start) {
    return Partition.ofDay(dataset, start);
  }

  /** The partitions of the input that the partition for a stretch of days is computed from. */
  public List<Partition> inputs(LocalDate start) {
    return grain.days(start).stream().map(day -> Partition.ofDay(input, day)).toList();
  }

  /** The values of the settings that change the table's rows. */
  public SortedMap<String, String> settings(Configuration configuration) {
    var values = new TreeMap<String, String>();
    for (var key : settings) {
      values.put(key.name(), String.valueOf(key.get(configuration)));
    }
    return values;
  }
}
