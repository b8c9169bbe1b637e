package org.clickmill.jobs.example;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;

/** Return lines, units and money by product and day. */
public final class ReturnedProducts implements Analysis {
  static final String DATASET = "returned_products";
  static final TableSchema SCHEMA = TableSchema.load(ReturnedProducts.class, DATASET + ".avsc");

  private static final int LOGIC_VERSION = 1;

  @Override
  public String name() {
    return "returned-products";
  }

  @Override
  public List<Table> tables() {
    return List.of(
        Table.daily(DATASET, SCHEMA, Inputs.day(Datasets.EVENTS_DAILY), LOGIC_VERSION, List.of()));
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new ReturnedProductsFold();
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new ReturnedProductsMerge();
  }
}
