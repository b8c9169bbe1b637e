package org.clickmill.jobs.interactions;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;

/** The first job of {@link Interactions}: numbers users and products. */
final class DictionaryScan implements Analysis {
  @Override
  public String name() {
    return Interactions.NAME;
  }

  @Override
  public List<Table> tables() {
    return new Interactions().tables();
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new DictionaryFold(Weights.of(configuration));
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new DictionaryMerge(table, context, 0);
  }
}
