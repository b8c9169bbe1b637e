package org.clickmill.jobs.sessions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.OutputPartition;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.Table.Spread;

/** How many sessions of a day reached each step of each funnel, and what became of their carts. */
public final class Funnel implements Analysis {
  public static final String CART_ABANDONMENT = "cart_abandonment";

  private static final int LOGIC_VERSION = 1;
  private static final TableSchema CART_SCHEMA =
      TableSchema.load(Funnel.class, CART_ABANDONMENT + ".avsc");

  @Override
  public String name() {
    return "funnel";
  }

  @Override
  public List<Table> tables() {
    var input = Inputs.day(Sessions.FUNNEL_SESSIONS);
    var tables = new ArrayList<Table>();
    for (var dimension : FunnelDimension.values()) {
      var settings = List.of(FunnelSettings.DEFINITIONS);
      tables.add(
          Table.daily(
                  dimension.table(),
                  dimension.schema(),
                  input,
                  LOGIC_VERSION,
                  List.copyOf(settings))
              .spreadOver(Spread.ONE_REDUCER));
    }
    tables.add(Table.daily(CART_ABANDONMENT, CART_SCHEMA, input, LOGIC_VERSION, List.of()));
    return List.copyOf(tables);
  }

  /** Also checks that the sessions were measured against the funnels of the settings. */
  @Override
  public List<OutputPartition> outputPartitions(
      Collection<Request> requests, Catalog catalog, Configuration configuration) {
    for (var request : requests) {
      if (request.table().settings().contains(FunnelSettings.DEFINITIONS)) {
        checkDefinitions(request, catalog, configuration);
      }
    }
    return Analysis.super.outputPartitions(requests, catalog, configuration);
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new FunnelFold(context.tables(), FunnelSettings.definitions(configuration));
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return table.dataset().equals(CART_ABANDONMENT)
        ? new CartMerge(table.schema(), context)
        : new FunnelMerge(
            FunnelDimension.of(table.dataset()), FunnelSettings.definitions(configuration));
  }

  private static void checkDefinitions(
      Request request, Catalog catalog, Configuration configuration) {
    var input = Partition.ofDay(Sessions.FUNNEL_SESSIONS, request.start());
    var wanted = String.valueOf(FunnelSettings.DEFINITIONS.get(configuration));
    var name = FunnelSettings.DEFINITIONS.name();
    var manifest = catalog.manifest(input);
    if (manifest.isPresent() && !wanted.equals(manifest.get().settings().get(name))) {
      throw ClickmillException.notReady(
          "Missing funnels in %s: it was made with another %s; run sessions for that day first",
          input, FunnelSettings.DEFINITIONS);
    }
  }
}
