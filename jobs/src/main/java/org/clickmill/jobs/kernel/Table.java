package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.table.TableDescription;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Partition;

/**
 * An output table: what it holds, and what its rows depend on.
 *
 * @param dataset its name, which is also its folder
 * @param schema its columns
 * @param inputs what its partitions are computed from
 * @param grain the period of days of one partition
 * @param cadence for which days it is computed
 * @param spread over how many reducers a partition goes
 * @param logicVersion raised when the same input gives other rows
 * @param settings the settings that change its rows
 */
public record Table(
    String dataset,
    TableSchema schema,
    Inputs inputs,
    Grain grain,
    Cadence cadence,
    Spread spread,
    int logicVersion,
    List<ConfigKey<?>> settings) {

  /** For which days a table is computed. */
  public enum Cadence {
    /** Every day, week or month of the range that is asked for. */
    EVERY_PERIOD,
    /** The last day of the range; older partitions are renewed when they are stale, not created. */
    SNAPSHOT
  }

  /** Over how many reducers the keys of one partition go. */
  public enum Spread {
    /** As many as its bytes need, usually one. */
    BY_BYTES,
    /**
     * As many as its bytes need, but keys of which the first {@link KeyPart} is equal go to one.
     */
    BY_FIRST_PART,
    /** One, which sees all keys in order. */
    ONE_REDUCER,
    /** All there are. */
    ALL_REDUCERS,
    /** All there are, but keys that differ only in their day, the last four bytes, go to one. */
    BY_KEY,
    /** All there are, but keys that are equal in their first eight bytes, a hash, go to one. */
    BY_HASH
  }

  public Table {
    settings = List.copyOf(settings);
  }

  /** A table with a partition for every day of its inputs. */
  public static Table daily(
      String dataset,
      TableSchema schema,
      Inputs inputs,
      int logicVersion,
      List<ConfigKey<?>> settings) {
    return new Table(
        dataset,
        schema,
        inputs,
        Grain.DAY,
        Cadence.EVERY_PERIOD,
        Spread.BY_BYTES,
        logicVersion,
        settings);
  }

  /** A table with a partition for every week or month that a dataset has a day of. */
  public static Table of(
      Grain grain,
      String dataset,
      TableSchema schema,
      String input,
      int logicVersion,
      List<ConfigKey<?>> settings) {
    return new Table(
        dataset,
        schema,
        Inputs.period(input, grain),
        grain,
        Cadence.EVERY_PERIOD,
        Spread.BY_BYTES,
        logicVersion,
        settings);
  }

  /** The same table, computed only for the last day that is asked for. */
  public Table asSnapshot() {
    return new Table(
        dataset, schema, inputs, grain, Cadence.SNAPSHOT, spread, logicVersion, settings);
  }

  /** The same table, its partitions spread otherwise. */
  public Table spreadOver(Spread reducers) {
    return new Table(dataset, schema, inputs, grain, cadence, reducers, logicVersion, settings);
  }

  /** The partition for the period of days that begins on a day. */
  public Partition partition(LocalDate start) {
    return Partition.ofDay(dataset, start);
  }

  /** What the table's rows and columns mean, and which columns identify a row. */
  public TableDescription description() {
    return TableDescription.of(schema);
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
