package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.clickmill.benchmarks.PathTime.Step;

/**
 * Makes the table of metrics: the default tables with the metrics of {@code benchmarks/metrics}
 * beside them, and without.
 *
 * @param warehouse the generated events, compacted
 * @param folder where the pipelines tell their steps
 */
record MetricsRun(
    ClickmillCommand command, GeneratedWarehouse warehouse, Path folder, Rounds rounds) {
  /** The step that is the scan of the days of events. */
  private static final String SCAN = "analyze";

  List<Result> results() throws IOException, InterruptedException, SQLException {
    var metrics = command.benchmarks().resolve("metrics");
    int count = MetricsSide.namesIn(metrics).size();
    var stepsFile = folder.resolve("metrics-steps.json");
    var sides =
        List.of(
            new MetricsSide("with " + count + " metrics", command, warehouse, metrics, stepsFile),
            new MetricsSide("without", command, warehouse, null, stepsFile));
    var question =
        new Question("metrics", "days to tables", List.of(), List.of(), List.<ComparedTable>of());
    var times =
        rounds.ask(question, sides, side -> side.walk(question), PathTime::whole, false).bySide();
    var walls = times.stream().map(runs -> runs.stream().map(PathTime::whole).toList()).toList();
    var steps = times.stream().map(PathTime::medianSteps).toList();
    return List.of(
        Result.of(question, 0, sides, walls).withSteps(steps, note(steps.get(0), steps.get(1))));
  }

  private static String note(List<Step> with, List<Step> without) {
    double scan = seconds(without);
    return String.format(
        Locale.ROOT,
        "In METRICS, the scan of the days (step %s) takes %.2f s with the metrics and %.2f s"
            + " without: they cost %.0f %% of its time.",
        SCAN,
        seconds(with),
        scan,
        100 * (seconds(with) - scan) / scan);
  }

  private static double seconds(List<Step> steps) {
    return steps.stream()
        .filter(step -> step.name().equals(SCAN))
        .findFirst()
        .map(Step::seconds)
        .orElseThrow(() -> new BenchmarkException("Cannot find the step %s in %s", SCAN, steps));
  }
}
