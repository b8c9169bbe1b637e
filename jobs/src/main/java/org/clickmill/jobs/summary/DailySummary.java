package org.clickmill.jobs.summary;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.analyst.AnalystTables;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;

/** One row for each day, added up from the day's other tables. */
public final class DailySummary implements Analysis {
  public static final String DATASET = AnalystTables.DAILY_SUMMARY;

  static final TableSchema SCHEMA = TableSchema.load(DailySummary.class, DATASET + ".avsc");

  private static final int LOGIC_VERSION = 1;

  @Override
  public String name() {
    return "daily-summary";
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
    return List.of(
        Table.daily(DATASET, SCHEMA, Inputs.day(SummaryFold.DATASETS), LOGIC_VERSION, List.of()));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return AnalystTables.asked(tables(), configuration);
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new SummaryFold(context.dataset());
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new SummaryMerge(context);
  }
}
