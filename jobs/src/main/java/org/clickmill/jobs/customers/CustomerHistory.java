package org.clickmill.jobs.customers;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.DayRun;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.OutputPartition;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.Table.Spread;

/**
 * A digest of all of customer_days up to each day, so that a table that depends on every day before
 * names one partition as its input and not all of them. Days in a row are one route.
 */
public final class CustomerHistory implements Analysis {
  static final String DATASET = "customer_history";

  static final TableSchema SCHEMA = TableSchema.load(CustomerHistory.class, DATASET + ".avsc");

  @Override
  public String name() {
    return "customer-history";
  }

  @Override
  public String command() {
    return "pipeline";
  }

  @Override
  public List<Table> tables() {
    return List.of(
        Table.daily(DATASET, SCHEMA, new HistoryInputs(List.of(), 1), 1, List.of())
            .spreadOver(Spread.ONE_REDUCER));
  }

  /** No setting asks for it. */
  @Override
  public List<Table> tables(Configuration configuration) {
    return List.of();
  }

  @Override
  public List<OutputPartition> outputPartitions(
      Collection<Request> requests, Catalog catalog, Configuration configuration) {
    var table = tables().get(0);
    return DayRun.of(requests.stream().map(Request::start).toList()).stream()
        .map(run -> new OutputPartition(table, run.first(), reads(run, catalog)))
        .toList();
  }

  private static Set<Partition> reads(DayRun run, Catalog catalog) {
    boolean hasDayBefore = catalog.firstDay() != null && run.first().isAfter(catalog.firstDay());
    return Stream.concat(
            run.first()
                .datesUntil(run.last().plusDays(1))
                .map(day -> Partition.ofDay(CustomerDays.DATASET, day)),
            hasDayBefore
                ? Stream.of(Partition.ofDay(DATASET, run.first().minusDays(1)))
                : Stream.of())
        .filter(input -> catalog.manifest(input).isPresent())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return context.dataset().equals(DATASET)
        ? new DigestFold(context.emitter())
        : new HistoryFold();
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new HistoryMerge(context);
  }
}
