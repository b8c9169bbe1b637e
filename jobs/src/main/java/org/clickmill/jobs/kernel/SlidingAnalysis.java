package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Table.Spread;

/**
 * An analysis of windows of days, each made from the daily partitions of one dataset; {@link
 * SlidingJobs} runs it. It is a secondary sort: the first job brings the days of a key together in
 * order, and a {@link SlidingWindow} slides over them, so that a day is read and shuffled once
 * however many windows it is in. The second job brings the rows of a day together, in order. Where
 * the rows of all days fit into memory, the reducer of the first job does that itself.
 *
 * <p>Between the jobs, rows lie packed into blocks in files of the staging folder, by groups of
 * days.
 */
public abstract class SlidingAnalysis implements Analysis {
  static final TableSchema BLOCKS = TableSchema.load(SlidingAnalysis.class, "window_blocks.avsc");

  private static final String BLOCKS_SUFFIX = "_blocks";

  /** The tables that are made. */
  protected abstract List<Table> outputs();

  /**
   * What of the rows of a day is needed.
   *
   * @param dataset what is read
   * @param days the days that are to be written
   */
  protected abstract DayRows dayRows(
      Table output, String dataset, RequestedDays days, Configuration configuration);

  /** The windows of a table. */
  protected abstract SlidingWindow window(
      Table output, MergeContext context, Configuration configuration);

  /**
   * What is read to write some days: unless an analysis knows better, all that they are made from.
   *
   * @param requested in order; not empty
   * @return partitions that are there
   */
  protected Set<Partition> reads(
      Table output, List<LocalDate> requested, Catalog catalog, Configuration configuration) {
    var present = new HashSet<Partition>();
    for (var day : requested) {
      for (var input : output.inputs().of(day, catalog.firstDay())) {
        if (catalog.manifest(input).isPresent()) {
          present.add(input);
        }
      }
    }
    return present;
  }

  /** The partitions whose rows have all the keys that a day of a table may have rows of. */
  protected List<Partition> keys(Table output, LocalDate day, LocalDate firstDay) {
    return output.inputs().of(day, firstDay);
  }

  /** The rows of a table. */
  protected abstract WindowRows rows(Table output, Configuration configuration);

  @Override
  public final List<Table> tables() {
    var tables = new ArrayList<Table>();
    for (var output : outputs()) {
      tables.add(output.spreadOver(Spread.ONE_REDUCER));
      tables.add(blocks(output));
    }
    return tables;
  }

  /** The table that holds a table's rows between the jobs. */
  static Table blocks(Table output) {
    var dataset = output.dataset() + BLOCKS_SUFFIX;
    return Table.daily(dataset, BLOCKS, output.inputs(), output.logicVersion(), List.of())
        .spreadOver(Spread.BY_KEY);
  }

  static boolean isBlocks(String dataset) {
    return dataset.endsWith(BLOCKS_SUFFIX);
  }

  private Table output(String dataset) {
    var name =
        isBlocks(dataset)
            ? dataset.substring(0, dataset.length() - BLOCKS_SUFFIX.length())
            : dataset;
    return outputs().stream()
        .filter(table -> table.dataset().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /**
   * In the first job one output partition for each table; in the second one for each group of days.
   */
  @Override
  public final List<OutputPartition> outputPartitions(
      Collection<Request> requests, Catalog catalog, Configuration configuration) {
    var plan = SlidePlan.read(configuration);
    var tables = requests.stream().map(Request::table).distinct().toList();
    var partitions = new ArrayList<OutputPartition>();
    for (var table : tables) {
      var output = output(table.dataset());
      var days = plan.of(output.dataset());
      if (plan.inOneJob() || isBlocks(table.dataset())) {
        // As it is asked for: the settings may say how far back it reaches.
        var reads = reads(table, days.all(), catalog, configuration);
        partitions.add(new OutputPartition(table, days.start(0), reads));
        continue;
      }
      for (int group = 0; group < days.groups(); group++) {
        var start = days.start(group);
        partitions.add(new OutputPartition(table, start, Set.of(blocks(table).partition(start))));
      }
    }
    return partitions;
  }

  @Override
  public final Fold fold(FoldContext context, Configuration configuration) {
    if (isBlocks(context.dataset())) {
      var output = output(context.dataset());
      return new BlocksFold(output.dataset(), context.emitter());
    }
    var plan = SlidePlan.read(configuration);
    var output =
        outputs().stream()
            .filter(table -> plan.days().containsKey(table.dataset()))
            .filter(table -> table.inputs().datasets().contains(context.dataset()))
            .findFirst()
            .orElseThrow();
    var table = plan.inOneJob() ? output : blocks(output);
    var rows = dayRows(output, context.dataset(), plan.of(output.dataset()), configuration);
    return new DayRowsFold(rows, table.dataset(), context.emitter());
  }

  @Override
  public final Merge merge(Table table, MergeContext context, Configuration configuration) {
    var plan = SlidePlan.read(configuration);
    var output = output(table.dataset());
    var days = plan.of(output.dataset());
    var rows = new WindowRowsMerge(output, rows(output, configuration), days, context);
    if (plan.inOneJob()) {
      return new SlideMerge(
          window(output, context, configuration), days, new RowsInMemory(days, rows));
    }
    if (isBlocks(table.dataset())) {
      return new SlideMerge(
          window(output, context, configuration), days, new BlockWriter(table, days, context));
    }
    return rows;
  }
}
