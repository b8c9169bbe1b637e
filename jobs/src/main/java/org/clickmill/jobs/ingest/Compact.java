package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.util.List;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.jobs.kernel.JobChain;
import org.clickmill.jobs.kernel.Outcome;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Schemas;
import org.clickmill.jobs.kernel.Table;

/** Makes {@code events_daily} of the hours. */
public final class Compact implements JobChain {
  @Override
  public String name() {
    return CompactJob.ANALYSIS;
  }

  @Override
  public List<Table> tables() {
    return List.of(CompactJob.table());
  }

  @Override
  public Outcome run(Run run, Catalog catalog, Schemas schemas, List<Request> requests)
      throws IOException, InterruptedException {
    var outcome = new CompactJob(run, catalog).run(requests.stream().map(Request::start).toList());
    var note = outcome.duplicates() == 0 ? "" : outcome.duplicates() + " duplicates dropped";
    return new Outcome(outcome.partitions(), outcome.read(), outcome.written(), note, List.of());
  }
}
