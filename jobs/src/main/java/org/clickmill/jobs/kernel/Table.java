package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.Collections;
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
 * @param declared what else its rows depend on, by name; shown with the settings
 * @param mostRows a partition with more rows is not published
 */
public record Table(
    String dataset,
    TableSchema schema,
    Inputs inputs,
    Grain grain,
    Cadence cadence,
    Spread spread,
    int logicVersion,
    List<ConfigKey<?>> settings,
    SortedMap<String, String> declared,
    long mostRows) {

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
    declared = Collections.unmodifiableSortedMap(new TreeMap<>(declared));
  }

  private Table(
      String dataset,
      TableSchema schema,
      Inputs inputs,
      Grain grain,
      int logicVersion,
      List<ConfigKey<?>> settings) {
    this(
        dataset,
        schema,
        inputs,
        grain,
        Cadence.EVERY_PERIOD,
        Spread.BY_BYTES,
        logicVersion,
        settings,
        new TreeMap<>(),
        Long.MAX_VALUE);
  }

  /** A table with a partition for every day of its inputs. */
  public static Table daily(
      String dataset,
      TableSchema schema,
      Inputs inputs,
      int logicVersion,
      List<ConfigKey<?>> settings) {
    return new Table(dataset, schema, inputs, Grain.DAY, logicVersion, settings);
  }

  /** A table with a partition for every week or month that a dataset has a day of. */
  public static Table of(
      Grain grain,
      String dataset,
      TableSchema schema,
      String input,
      int logicVersion,
      List<ConfigKey<?>> settings) {
    return new Table(dataset, schema, Inputs.period(input, grain), grain, logicVersion, settings);
  }

  /** The same table, computed only for the last day that is asked for. */
  public Table asSnapshot() {
    return withCadence(Cadence.SNAPSHOT);
  }

  /** The same table, computed for other days. */
  public Table withCadence(Cadence other) {
    return new Table(
        dataset, schema, inputs, grain, other, spread, logicVersion, settings, declared, mostRows);
  }

  /** The same table of another period of days, with partitions named after its start. */
  public Table ofGrain(Grain other) {
    return new Table(
        dataset,
        schema,
        inputs,
        other,
        cadence,
        spread,
        logicVersion,
        settings,
        declared,
        mostRows);
  }

  /**
   * The same table, made by a declaration that may change.
   *
   * @param name what it is called beside settings
   * @param value changes with it
   */
  public Table declaredBy(String name, String value) {
    var all = new TreeMap<>(declared);
    all.put(name, value);
    return new Table(
        dataset, schema, inputs, grain, cadence, spread, logicVersion, settings, all, mostRows);
  }

  /** The same table, a partition of which is not published if it has more rows. */
  public Table ofAtMost(long rows) {
    return new Table(
        dataset, schema, inputs, grain, cadence, spread, logicVersion, settings, declared, rows);
  }

  /** The same table, its partitions spread otherwise. */
  public Table spreadOver(Spread reducers) {
    return new Table(
        dataset,
        schema,
        inputs,
        grain,
        cadence,
        reducers,
        logicVersion,
        settings,
        declared,
        mostRows);
  }

  /** The partition for the period of days that begins on a day. */
  public Partition partition(LocalDate start) {
    return Partition.ofDay(dataset, start);
  }

  /** What the table's rows and columns mean, and which columns identify a row. */
  public TableDescription description() {
    return TableDescription.of(schema);
  }

  /** The values of the settings that change the table's rows, and what else they depend on. */
  public SortedMap<String, String> settings(Configuration configuration) {
    var values = new TreeMap<>(declared);
    for (var key : settings) {
      values.put(key.name(), String.valueOf(key.get(configuration)));
    }
    return values;
  }
}
