package org.clickmill.jobs.sessions;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;

/**
 * What of a visitor's day matters to each funnel, written by the map tasks, which have a visitor's
 * events together. No setting asks for it; it is there for user_funnel.
 */
public final class UserSteps implements Analysis {
  static final String DATASET = "user_steps";

  static final TableSchema SCHEMA = TableSchema.load(UserSteps.class, DATASET + ".avsc");

  @Override
  public String name() {
    return "user-steps";
  }

  @Override
  public String command() {
    return "pipeline";
  }

  @Override
  public List<Table> tables() {
    return List.of(
        Table.daily(
            DATASET,
            SCHEMA,
            Inputs.day(Datasets.EVENTS_DAILY),
            1,
            List.of(FunnelSettings.DEFINITIONS, SessionsSettings.MAX_FUNNEL_STARTS)));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return List.of();
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new UserStepsFold(
        context,
        FunnelSettings.definitions(configuration),
        SessionsSettings.MAX_FUNNEL_STARTS.get(configuration));
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return (key, partials, output) -> {
      throw new IllegalStateException("Nothing is shuffled for " + DATASET);
    };
  }
}
