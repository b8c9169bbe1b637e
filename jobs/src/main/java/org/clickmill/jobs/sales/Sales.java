package org.clickmill.jobs.sales;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;

/** Sales of the shop and by category, brand and product, at any grain from minutes to months. */
public final class Sales implements Analysis {
  private static final List<Table> ALL = SalesTable.all().stream().map(SalesTable::table).toList();

  public static final ConfigKey<List<String>> TABLES =
      ConfigKey.ofList(
          "clickmill.sales.tables",
          "sales,sales_by_category,sales_by_brand,sales_by_product,sales_hourly",
          ALL.stream().map(Table::dataset).toList(),
          "The tables that sales, analyze and pipeline write.");

  @Override
  public String name() {
    return "sales";
  }

  @Override
  public List<Table> tables() {
    return ALL;
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    var wanted = Set.copyOf(TABLES.get(configuration));
    return tables().stream().filter(table -> wanted.contains(table.dataset())).toList();
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new SalesFold(context.tables().stream().flatMap(Sales::salesTable).toList());
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new SalesMerge(SalesTable.named(table.dataset()).orElseThrow(), table.schema(), context);
  }

  private static Stream<SalesTable> salesTable(String dataset) {
    return SalesTable.named(dataset).stream();
  }
}
