package org.clickmill.jobs.live;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.TableMaker;

/** The live tables. They follow the loader's commits, so no pipeline plans or makes them. */
public final class Live implements TableMaker {
  /** Their command. */
  public static final String NAME = "live";

  public static final String LIVE_SALES = "live_sales";
  public static final String LIVE_SUMMARY = "live_summary";

  static final TableSchema SALES = TableSchema.load(Live.class, "live_sales.avsc");
  static final TableSchema SUMMARY = TableSchema.load(Live.class, "live_summary.avsc");
  static final int LOGIC_VERSION = 1;

  /** In a manifest: the run that made the state which the partition shows. */
  static final String STATE = "live.state";

  /** In a manifest, with this value: that the day's batch tables have taken its place. */
  static final String BATCH = "batch";

  private static final List<Table> ALL =
      List.of(table(LIVE_SALES, SALES), table(LIVE_SUMMARY, SUMMARY));

  private static Table table(String dataset, TableSchema schema) {
    return Table.daily(dataset, schema, Inputs.day(Datasets.EVENTS), LOGIC_VERSION, List.of());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Table> tables() {
    return ALL;
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return List.of();
  }

  /** Whether a partition of a live table says that the day is not live any more. */
  static boolean isBatch(Manifest manifest) {
    return BATCH.equals(manifest.settings().get(STATE));
  }

  static Map<String, String> settings(String state) {
    return Map.of(STATE, state);
  }
}
