package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Clock;
import org.clickmill.drivers.observe.Samples;
import org.clickmill.drivers.observe.WarehouseMetrics;
import org.clickmill.drivers.pipeline.DayRange;
import org.clickmill.drivers.pipeline.Pipeline;
import org.clickmill.drivers.pipeline.PlanOptions;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.metastore.MetastoreSettings;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;

/** Which partitions of a warehouse are stale, in metrics; it costs what {@code status} costs. */
final class StateMetrics {
  private StateMetrics() {}

  static void add(Warehouse warehouse, Samples samples) throws IOException {
    var configuration = warehouse.configuration();
    var run = Run.start(warehouse, configuration, Clock.systemUTC(), Run.Progress.SILENT);
    var plan =
        new Pipeline(run, Suite.entries(configuration), PlanOptions.STATUS).status(DayRange.ALL);
    new WarehouseMetrics(warehouse, Clock.systemUTC())
        .addStates(samples, plan, warehouse.stuckCommits().size(), unregistered(warehouse));
  }

  /** Null where there is no metastore. */
  private static Long unregistered(Warehouse warehouse) throws IOException {
    if (!MetastoreSettings.isSet(warehouse.configuration())) {
      return null;
    }
    return Unregistered.read(warehouse).map(Unregistered::partitions).orElse(0L);
  }
}
