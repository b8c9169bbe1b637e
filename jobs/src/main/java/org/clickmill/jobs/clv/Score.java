package org.clickmill.jobs.clv;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;

/** Writes a row of clv for each customer of a snapshot, straight from the map task. */
public final class Score implements Analysis {
  @Override
  public String name() {
    return Clv.DATASET;
  }

  @Override
  public List<Table> tables() {
    return List.of(Clv.TABLE);
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new ScoreFold(context, Scoring.read(configuration));
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    throw new IllegalStateException("Cannot merge: the rows of clv are written by map tasks");
  }
}
