package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.FoldJob;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Schemas;
import org.clickmill.jobs.kernel.Table;

/**
 * Measures the sessions of some days against a funnel that is not configured, and publishes
 * nothing. The events are read again; sessions must have been computed for the day before the
 * first, unless that is the warehouse's first.
 */
public final class FunnelTrial {
  private static final String NAME = "trial";

  private final FunnelDefinition definition;
  private final String yaml;

  /**
   * What came out.
   *
   * @param steps one for each step, for all days together
   * @param isMature whether no session of the days can still change
   * @param rowsRead rows of the input
   */
  public record Outcome(List<FunnelResult> steps, boolean isMature, long rowsRead) {}

  /**
   * @param steps steps as in {@code clickmill.funnel.definitions}, with or without brackets: {@code
   *     view, cart, purchase}
   * @param window as there, such as {@code 30m}; null for none
   * @param mode as there, ordered or strict; null for ordered
   * @throws ClickmillException usage, if there is something wrong with them
   */
  public FunnelTrial(String steps, String window, String mode) {
    var list = steps.strip().startsWith("[") ? steps : "[" + steps + "]";
    yaml =
        "{"
            + NAME
            + ": {steps: "
            + list
            + (window == null ? "" : ", window: '" + window + "'")
            + (mode == null ? "" : ", mode: '" + mode + "'")
            + "}}";
    definition = FunnelYaml.read(yaml).get(0);
  }

  /** The datasets that the catalog must have, over the days and one more on either side. */
  public static List<String> datasets() {
    return List.of(
        Datasets.EVENTS_DAILY, Sessions.OPEN_SESSIONS, Sessions.SESSIONS, Sessions.FUNNEL_SESSIONS);
  }

  /** Runs the scan and counts, and leaves nothing behind. */
  public Outcome run(Run run, Catalog catalog, Schemas schemas, List<LocalDate> days)
      throws IOException, InterruptedException {
    requireOpenSessions(catalog, days);
    var configuration = new Configuration(run.configuration());
    FunnelSettings.DEFINITIONS.set(configuration, yaml);
    var trial = run.step(NAME).with(configuration);
    var analysis = new Sessions();
    var requests = new LinkedHashMap<Analysis, List<Request>>();
    var table = funnelSessions(analysis);
    requests.put(analysis, days.stream().map(day -> new Request(table, day)).toList());
    try {
      var outcome = new FoldJob(trial, catalog, schemas).run("funnel trial", requests);
      return count(trial, outcome.partitions(), outcome.rowsRead());
    } finally {
      run.warehouse().discardStaging(trial.id());
    }
  }

  /**
   * What a day's sessions go on with must be there where the events of the day before are not read.
   */
  private static void requireOpenSessions(Catalog catalog, List<LocalDate> days) {
    for (var day : days) {
      var open = Partition.ofDay(Sessions.OPEN_SESSIONS, day.minusDays(1));
      boolean isNeeded =
          catalog.firstDay() != null
              && day.isAfter(catalog.firstDay())
              && !days.contains(day.minusDays(1));
      if (isNeeded && catalog.manifest(open).isEmpty()) {
        throw ClickmillException.notReady(
            "Missing input: %s (sessions of that day makes it)", open);
      }
    }
  }

  private Outcome count(Run trial, List<StagedPartition> partitions, long rowsRead)
      throws IOException {
    var counts = new FunnelCounts(definition.steps().size());
    var stepTimes = new ByteReader();
    boolean isMature = true;
    for (var staged : partitions) {
      var folder = trial.warehouse().stagingOf(trial.id(), staged.partition());
      try (var rows =
          TableReader.open(trial.warehouse().fileSystem(), folder, trial.configuration())) {
        while (rows.next()) {
          isMature &= rows.booleanValue("is_complete");
          if (definition.name().equals(rows.text("funnel"))) {
            byte[] times = rows.bytes("step_times");
            stepTimes.reset(times, 0, times == null ? 0 : times.length);
            counts.add((int) rows.longValue("level"), stepTimes, rows.longValue("sessions"));
          }
        }
      }
    }
    return new Outcome(FunnelResult.of(definition, counts), isMature, rowsRead);
  }

  private static Table funnelSessions(Sessions analysis) {
    return analysis.tables().stream()
        .filter(table -> table.dataset().equals(Sessions.FUNNEL_SESSIONS))
        .findFirst()
        .orElseThrow();
  }
}
