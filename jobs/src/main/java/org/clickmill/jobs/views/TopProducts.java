package org.clickmill.jobs.views;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;

/** The most viewed products of each day, from that day's view counts. */
public final class TopProducts implements Analysis {
  public static final String DATASET = "top_products";

  public static final ConfigKey<Integer> LIMIT =
      ConfigKey.ofInt(
          "clickmill.top-products.limit",
          100,
          1,
          100_000,
          "How many products a day are ranked in top_products.");

  static final TableSchema SCHEMA = TableSchema.load(TopProducts.class, DATASET + ".avsc");

  private static final int LOGIC_VERSION = 1;

  @Override
  public String name() {
    return "top-products";
  }

  @Override
  public List<Table> tables() {
    return List.of(
        Table.daily(DATASET, SCHEMA, Inputs.day(ViewCounts.DAILY), LOGIC_VERSION, List.of(LIMIT)));
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new TopProductsFold(LIMIT.get(configuration));
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new TopProductsMerge(LIMIT.get(configuration));
  }
}
