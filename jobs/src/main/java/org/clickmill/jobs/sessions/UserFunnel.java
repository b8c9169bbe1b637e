package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.jobs.analyst.AnalystTables;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.JobChain;
import org.clickmill.jobs.kernel.Outcome;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Schemas;
import org.clickmill.jobs.kernel.SlidingJobs;
import org.clickmill.jobs.kernel.Table;

/**
 * How many visitors of some days reached each step of each funnel, in whichever of their sessions:
 * the funnel over users, beside the one over sessions.
 */
public final class UserFunnel implements JobChain {
  static final String NAME = "user-funnel";

  public static final ConfigKey<Integer> WINDOW_DAYS =
      ConfigKey.ofInt(
          "clickmill.user-funnel.window-days",
          7,
          1,
          90,
          "How many days, up to that of a partition, user_funnel follows visitors over.");

  static final TableSchema SCHEMA =
      TableSchema.load(UserFunnel.class, AnalystTables.USER_FUNNEL + ".avsc");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String command() {
    return "pipeline";
  }

  @Override
  public boolean bringsInputs() {
    return true;
  }

  @Override
  public List<Table> tables() {
    return List.of(table(new Configuration(false)));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return AnalystTables.asked(List.of(table(configuration)), configuration);
  }

  static Table table(Configuration configuration) {
    return Table.daily(
        AnalystTables.USER_FUNNEL,
        SCHEMA,
        Inputs.window(UserSteps.DATASET, WINDOW_DAYS.get(configuration)),
        1,
        List.of(WINDOW_DAYS, FunnelSettings.DEFINITIONS));
  }

  @Override
  public Outcome run(Run run, Catalog catalog, Schemas schemas, List<Request> requests)
      throws IOException, InterruptedException {
    return new SlidingJobs(run, catalog, schemas).run(new UserFunnelAnalysis(), 1, requests);
  }
}
