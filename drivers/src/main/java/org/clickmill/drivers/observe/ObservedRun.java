package org.clickmill.drivers.observe;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.pipeline.StepObserver;
import org.clickmill.drivers.pipeline.StepReport;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.load.LoaderStatus;

/**
 * A run of a command that tells others of itself, where the settings ask for it. Nothing that fails
 * here fails the run.
 */
public final class ObservedRun implements StepObserver {
  private final String command;
  private final String text;
  private final Configuration configuration;
  private final Consumer<String> warnings;
  private final boolean wantsMetrics;
  private final boolean wantsLineage;
  private final Instant begin = Clock.systemUTC().instant();
  private final long beginNanos = System.nanoTime();
  private final Publications publications;
  private final List<StepReport> steps = new ArrayList<>();

  private Warehouse warehouse;
  private TableDatasets tables;
  private LineageRun lineage;
  private ObservedStep main = ObservedStep.NONE;
  private boolean isRepeated;
  private boolean tellsMetrics = true;
  private KafkaClient kafka;
  private StateLook states;
  private long late;

  /** Looks at all partitions of a warehouse. */
  @FunctionalInterface
  public interface StateLook {
    void add(Warehouse warehouse, Samples samples) throws IOException;
  }

  /**
   * @param command its name
   * @param text what it does, in a sentence; null to say nothing
   * @param warnings gets what goes wrong
   */
  public ObservedRun(
      String command, String text, Configuration configuration, Consumer<String> warnings) {
    this.command = command;
    this.text = text;
    this.configuration = configuration;
    this.warnings = warnings;
    this.wantsMetrics = ObserveSettings.wantsMetrics(configuration);
    this.wantsLineage = ObserveSettings.wantsLineage(configuration);
    this.publications = new Publications(wantsLineage);
  }

  /** A run that tells nobody, of a command that only reads. */
  public static ObservedRun silent() {
    return new ObservedRun("", null, new Configuration(false), warning -> {});
  }

  /**
   * Makes this one of many runs of a command that goes on: one that does nothing sends no events,
   * and beginning and end of the others are sent at their end.
   *
   * @param isDue whether metrics are to be told by this one
   */
  public void repeated(boolean isDue) {
    isRepeated = true;
    tellsMetrics = isDue;
  }

  /** The same warehouse, whose publications are told; the run begins with the first. */
  public Warehouse watch(Warehouse opened) {
    if (!wantsMetrics && !wantsLineage) {
      return opened;
    }
    if (warehouse == null) {
      warehouse = opened;
      if (wantsLineage) {
        tables = new TableDatasets(opened);
        lineage = Lineage.of(configuration, name(opened.root()), warnings).run(command, text);
        main = new ObservedStep(lineage, publications, tables, null);
        if (!isRepeated) {
          lineage.start(begin);
        }
      }
    }
    return opened.telling(publications);
  }

  /** The run as a whole, for a command without steps. */
  public ObservedStep main() {
    return main;
  }

  @Override
  public ObservedStep begin(String runId, String step) {
    return lineage == null
        ? ObservedStep.NONE
        : new ObservedStep(
            lineage.step(step, Clock.systemUTC().instant()), publications, tables, runId);
  }

  /** Begins a step that publishes nothing in the warehouse. */
  public ObservedStep begin(String step) {
    return begin("", step);
  }

  /** Takes the figures of a step. */
  public void done(StepReport step) {
    steps.add(step);
  }

  /** Takes how many events were late. */
  public void late(long events) {
    late += events;
  }

  /** Takes how Kafka is asked how many records wait there. */
  public void kafka(KafkaClient client) {
    kafka = client;
  }

  /** Takes how it is found out which partitions are stale, for a command that changes many. */
  public void states(StateLook look) {
    states = look;
  }

  /**
   * Ends the run.
   *
   * @param failure what it failed with, or null
   * @param exitCode of the command
   * @param isRetried whether the command goes on and tries again
   */
  public void end(Exception failure, int exitCode, boolean isRetried) {
    if (main.isTracked()) {
      endLineage(failure, isRetried);
    }
    boolean isLast = failure != null && !isRetried;
    if (wantsMetrics && (tellsMetrics || isLast)) {
      tell(samples(exitCode));
    }
  }

  private void endLineage(Exception failure, boolean isRetried) {
    if (isRepeated) {
      boolean isIdle = publications.isEmpty() && main.hasNothing();
      if (isIdle && (failure == null || isRetried)) {
        return;
      }
      main.startLate(begin);
    }
    main.ended(failure);
  }

  private Samples samples(int exitCode) {
    var samples = new Samples();
    var now = Clock.systemUTC().instant();
    samples.add(Metric.RUN_EXIT_CODE, exitCode, command);
    samples.add(Metric.RUN_END_TIMESTAMP_SECONDS, now, command);
    if (exitCode == 0) {
      samples.add(Metric.RUN_SUCCESS_TIMESTAMP_SECONDS, now, command);
    }
    samples.add(
        Metric.RUN_DURATION_SECONDS,
        Duration.ofNanos(System.nanoTime() - beginNanos).toMillis() / 1e3,
        command);
    publications.addTo(samples, command);
    samples.add(
        Metric.RUN_REJECTED_RECORDS, steps.stream().mapToLong(StepReport::rejected).sum(), command);
    samples.add(Metric.RUN_LATE_EVENTS, late, command);
    addSteps(samples);
    if (warehouse != null) {
      try {
        addWarehouse(samples);
      } catch (IOException | RuntimeException e) {
        warnings.accept(
            "Cannot read the metrics of " + name(warehouse.root()) + ": " + Reason.of(e));
      }
    }
    return samples;
  }

  /** Some steps, such as pushes, are there several times. */
  private void addSteps(Samples samples) {
    var byName = new LinkedHashMap<String, double[]>();
    for (var step : steps) {
      var sums = byName.computeIfAbsent(step.step(), any -> new double[1]);
      sums[0] += step.seconds();
    }
    byName.forEach(
        (name, seconds) -> {
          samples.add(Metric.STEP_DURATION_SECONDS, seconds[0], command, name);
          samples.add(Metric.STEP_READ_ROWS, sum(name, StepReport::recordsIn), command, name);
          samples.add(Metric.STEP_WRITTEN_ROWS, sum(name, StepReport::recordsOut), command, name);
          samples.add(Metric.STEP_PARTITIONS, sum(name, StepReport::partitions), command, name);
        });
  }

  private long sum(String name, ToLongFunction<StepReport> figure) {
    return steps.stream().filter(step -> step.step().equals(name)).mapToLong(figure).sum();
  }

  private void addWarehouse(Samples samples) throws IOException {
    var metrics = new WarehouseMetrics(warehouse, Clock.systemUTC());
    metrics.addTables(samples);
    loader().ifPresent(loader -> metrics.addLoader(samples, loader));
    if (states != null) {
      states.add(warehouse, samples);
    }
  }

  private Optional<LoaderStatus> loader() throws IOException {
    var run = Run.start(warehouse, configuration, Clock.systemUTC(), Run.Progress.SILENT);
    try {
      try {
        return LoaderStatus.read(run, kafka);
      } catch (ClickmillException e) {
        if (kafka == null) {
          throw e;
        }
        // How many records wait there is not known then; the rest is.
        return LoaderStatus.read(run, null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void tell(Samples samples) {
    var file = ObserveSettings.METRICS_FILE.get(configuration);
    if (file != null) {
      try {
        new MetricsFile(file).update(command, samples);
      } catch (IOException | RuntimeException e) {
        warnings.accept("Cannot write metrics to " + file + ": " + Reason.of(e));
      }
    }
    var url = ObserveSettings.PUSHGATEWAY.get(configuration);
    if (url == null) {
      return;
    }
    var authorization = ObserveSettings.PUSHGATEWAY_AUTHORIZATION.get(configuration);
    try {
      new Pushgateway(new HttpTarget(url, authorization)).push(instance(), command, samples);
    } catch (IOException | RuntimeException e) {
      warnings.accept("Cannot push metrics to " + url + ": " + Reason.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the gateway tells warehouses apart by. */
  private String instance() {
    var named = ObserveSettings.INSTANCE.get(configuration);
    if (named != null && !named.isEmpty()) {
      return named;
    }
    return warehouse == null ? "unknown" : name(warehouse.root());
  }

  /** A path for others to see: without the user that its address may name. */
  private static String name(Path root) {
    var dataset = LineageDataset.of(root);
    var separator = dataset.namespace().contains("://") ? "" : ":";
    return dataset.namespace() + separator + dataset.name();
  }
}
