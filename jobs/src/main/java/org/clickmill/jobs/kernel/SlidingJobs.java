package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Manifest.DataFile;

/** Runs a {@link SlidingAnalysis}: in one job where its rows fit into memory, else in two. */
public final class SlidingJobs {
  /** The most rows that are sorted in memory; unless it is set, as many as the memory takes. */
  public static final String ROWS_IN_MEMORY = "clickmill.internal.slide.rows-in-memory";

  /** What a row takes in memory while it waits to be sorted, about. */
  private static final long ROW_BYTES = 64;

  private final Run run;
  private final Catalog catalog;
  private final Schemas schemas;

  public SlidingJobs(Run run, Catalog catalog, Schemas schemas) {
    this.run = run;
    this.catalog = catalog;
    this.schemas = schemas;
  }

  /**
   * Computes partitions and leaves them staged.
   *
   * @param windows how many rows of a day a key may have
   */
  public Outcome run(SlidingAnalysis analysis, int windows, List<Request> requests)
      throws IOException, InterruptedException {
    long memory = KernelSettings.foldMemoryBytes(run.configuration());
    long rowsInMemory = run.configuration().getLong(ROWS_IN_MEMORY, memory / ROW_BYTES);
    boolean inOneJob = mostRows(analysis, requests) * windows <= rowsInMemory;
    var plan = SlidePlan.of(requests, inOneJob);
    var configuration = new Configuration(run.configuration());
    plan.write(configuration);
    var planned = run.with(configuration);
    var job = new FoldJob(planned, catalog, this::schemaOf);
    if (inOneJob) {
      return job.run(analysis.name(), Map.of(analysis, requests));
    }
    var slid = job.run(analysis.name(), Map.of(analysis, blocks(plan, requests)));
    var ordered =
        new FoldJob(planned, catalog, this::schemaOf)
            .reading(slid.partitions())
            .run(analysis.name() + " by day", Map.of(analysis, requests));
    return new Outcome(ordered.partitions(), slid.rowsRead(), ordered.rowsWritten(), "", List.of());
  }

  /** No day has more keys than the days of its windows have rows. */
  private long mostRows(SlidingAnalysis analysis, List<Request> requests) {
    long rows = 0;
    for (var request : requests) {
      for (var input : analysis.keys(request.table(), request.start(), catalog.firstDay())) {
        var manifest = catalog.manifest(input);
        rows += manifest.map(found -> DataFile.records(found.files())).orElse(0L);
      }
    }
    return rows;
  }

  private static List<Request> blocks(SlidePlan plan, List<Request> requests) {
    return requests.stream()
        .map(Request::table)
        .distinct()
        .flatMap(
            output -> {
              var days = plan.of(output.dataset());
              return IntStream.range(0, days.groups())
                  .mapToObj(
                      group -> new Request(SlidingAnalysis.blocks(output), days.start(group)));
            })
        .toList();
  }

  private TableSchema schemaOf(String dataset) {
    return SlidingAnalysis.isBlocks(dataset) ? SlidingAnalysis.BLOCKS : schemas.of(dataset);
  }
}
