package org.clickmill.jobs.views;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.JobChain;
import org.clickmill.jobs.kernel.Outcome;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Schemas;
import org.clickmill.jobs.kernel.SlidingJobs;
import org.clickmill.jobs.kernel.Table;

/**
 * Which products are viewed more than before: the views of the days up to each day against those of
 * as many days before them, from daily view counts.
 *
 * <p>Before the warehouse's first day there are no views. So until a window and the one before it
 * are full, products seem to grow, and at the very beginning all are new.
 */
public final class Trending implements JobChain {
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
    return List.of(table(configuration));
  }

  static Table table(Configuration configuration) {
    var inputs = Inputs.window(ViewCounts.DAILY, TrendingWindows.of(configuration).reach());
    return Table.daily(DATASET, SCHEMA, inputs, LOGIC_VERSION, List.of(WINDOWS));
  }

  @Override
  public Outcome run(Run run, Catalog catalog, Schemas schemas, List<Request> requests)
      throws IOException, InterruptedException {
    int windows = TrendingWindows.of(run.configuration()).size();
    return new SlidingJobs(run, catalog, schemas).run(new TrendingAnalysis(), windows, requests);
  }
}
