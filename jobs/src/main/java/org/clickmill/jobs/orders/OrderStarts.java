package org.clickmill.jobs.orders;

import java.time.LocalDate;
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

/** The orders that begin on a day. Days in a row are one route, in which an order's days meet. */
public final class OrderStarts implements Analysis {
  static final String DATASET = "order_starts";

  static final TableSchema SCHEMA = TableSchema.load(OrderStarts.class, DATASET + ".avsc");

  @Override
  public String name() {
    return "order-starts";
  }

  @Override
  public String command() {
    return "pipeline";
  }

  @Override
  public List<Table> tables() {
    return List.of(
        Table.daily(DATASET, SCHEMA, new OrderInputs(), 1, List.of())
            .spreadOver(Spread.BY_FIRST_PART));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return List.of();
  }

  @Override
  public List<OutputPartition> outputPartitions(
      Collection<Request> requests, Catalog catalog, Configuration configuration) {
    var table = tables().get(0);
    return DayRun.of(requests.stream().map(Request::start).toList()).stream()
        .map(
            run -> new OutputPartition(table, run.first(), reads(run.first(), run.last(), catalog)))
        .toList();
  }

  private static Set<Partition> reads(LocalDate first, LocalDate last, Catalog catalog) {
    boolean hasDayBefore = catalog.firstDay() != null && first.isAfter(catalog.firstDay());
    return Stream.concat(
            first.datesUntil(last.plusDays(2)).map(OrderInputs::lines),
            hasDayBefore ? Stream.of(OrderInputs.starts(first.minusDays(1))) : Stream.of())
        .filter(input -> catalog.manifest(input).isPresent())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return context.dataset().equals(DATASET)
        ? new BegunOrdersFold(context.emitter())
        : new OrderDaysFold(context.emitter());
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new OrderStartsMerge(context);
  }
}
