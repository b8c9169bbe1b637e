package org.clickmill.jobs.views;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.Table.Spread;

/**
 * Which products are viewed more than before: the views of the days up to each day against those of
 * as many days before them, from daily view counts.
 *
 * <p>Before the warehouse's first day there are no views. So until a window and the one before it
 * are full, products seem to grow, and at the very beginning all are new.
 *
 * <p>One reducer ranks the products of a day. It keeps them in arrays: for each product its id, and
 * 24 bytes a window.
 */
public final class Trending implements Analysis {
  public static final String DATASET = "trending";

  public static final ConfigKey<List<String>> WINDOWS =
      ConfigKey.ofList(
          "clickmill.trending.windows",
          "7,28",
          List.of(),
          "The windows of trending, in days; each is compared with as many days before it.");

  static final TableSchema SCHEMA = TableSchema.load(Trending.class, DATASET + ".avsc");

  private static final int LOGIC_VERSION = 1;

  @Override
  public String name() {
    return "trending";
  }

  @Override
  public List<Table> tables() {
    return tables(new Configuration(false));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    var inputs = Inputs.window(ViewCounts.DAILY, TrendingWindows.of(configuration).reach());
    return List.of(
        Table.daily(DATASET, SCHEMA, inputs, LOGIC_VERSION, List.of(WINDOWS))
            .spreadOver(Spread.ONE_REDUCER));
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new TrendingFold(TrendingWindows.of(configuration));
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new TrendingMerge(TrendingWindows.of(configuration));
  }
}
