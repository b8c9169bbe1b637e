package org.clickmill.drivers.checks;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.clickmill.drivers.checks.Check.Severity;
import org.clickmill.drivers.checks.CheckResult.Status;
import org.clickmill.drivers.checks.Rule.RowCount;
import org.clickmill.drivers.checks.Rule.Subject;
import org.clickmill.drivers.pipeline.PublishGate;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.Accepted;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.Outcome.Refused;
import org.clickmill.jobs.kernel.Run;

/** Lets partitions pass that their checks find right, or that somebody accepts as they are. */
public final class CheckGate implements PublishGate {
  private final Checks checks;
  private final Acceptance acceptance;

  /**
   * @throws ClickmillException of kind usage if a check is accepted that there is not
   */
  public CheckGate(Checks checks, Acceptance acceptance) {
    acceptance.requireKnown(checks.names());
    this.checks = checks;
    this.acceptance = acceptance;
  }

  @Override
  public Judged judge(Run run, List<StagedPartition> staged)
      throws IOException, InterruptedException {
    var checked =
        staged.stream()
            .filter(one -> !checks.of(one.partition().dataset()).isEmpty())
            .sorted(Comparator.comparing(one -> one.partition().day()))
            .toList();
    if (checked.isEmpty()) {
      return OPEN.judge(run, staged);
    }
    return new Judgement(run, checked).of(staged);
  }

  /** What becomes of the partitions of one step. */
  private final class Judgement {
    private final Run run;
    private final List<StagedPartition> checked;
    private final Map<String, RowHistory> histories = new HashMap<>();
    private final CountedKeys keys;
    private final List<CheckResult> results = new ArrayList<>();
    private final Map<Partition, StagedPartition> passed = new HashMap<>();
    private final Map<Partition, String> stopped = new LinkedHashMap<>();

    Judgement(Run run, List<StagedPartition> checked) throws IOException, InterruptedException {
      this.run = run;
      this.checked = checked;
      for (var one : checked) {
        var dataset = one.partition().dataset();
        if (!histories.containsKey(dataset) && countsRows(dataset)) {
          histories.put(dataset, history(dataset));
        }
      }
      keys = CountedKeys.count(run, checks, checked);
    }

    private boolean countsRows(String dataset) {
      return checks.of(dataset).stream().anyMatch(check -> check.rule() instanceof RowCount);
    }

    private RowHistory history(String dataset) throws IOException {
      var days = checked.stream().map(one -> one.partition().day()).toList();
      return RowHistory.read(run.warehouse(), dataset, days.get(0), days.get(days.size() - 1));
    }

    /** In the order of the days, since what passes is what later days are compared with. */
    Judged of(List<StagedPartition> staged) throws IOException {
      for (var one : checked) {
        judge(one);
      }
      stopDependents(staged);
      DataQuality.publish(run, results);
      return new Judged(
          staged.stream()
              .filter(one -> !stopped.containsKey(one.partition()))
              .map(one -> passed.getOrDefault(one.partition(), one))
              .toList(),
          stopped.entrySet().stream()
              .map(one -> new Refused(one.getKey(), one.getKey() + ": " + one.getValue()))
              .toList(),
          warnings());
    }

    private void judge(StagedPartition one) throws IOException {
      var partition = one.partition();
      var published = run.warehouse().manifest(partition).filter(found -> isSame(one, found));
      var accepted = new TreeMap<String, Accepted>();
      published.ifPresent(
          found -> found.accepted().forEach(check -> accepted.put(check.check(), check)));
      var failed = new ArrayList<CheckResult>();
      var dataset = partition.dataset();
      var figures = figures(one);
      for (var check : checks.of(dataset)) {
        var finding =
            check
                .rule()
                .judge(
                    new Subject(
                        check.table(),
                        partition.day(),
                        one.fingerprint().rows(),
                        figures,
                        histories.get(dataset),
                        keys.of(check, partition.day())));
        var result = result(partition.day(), check, finding, published, accepted);
        results.add(result);
        if (result.status() == Status.STOPPED) {
          failed.add(result);
        }
      }
      if (failed.isEmpty()) {
        passed.put(partition, one.accepting(List.copyOf(accepted.values())));
        if (histories.containsKey(dataset)) {
          histories.get(dataset).add(partition.day(), one.fingerprint().rows());
        }
      } else {
        stopped.put(
            partition, failed.stream().map(CheckResult::text).collect(Collectors.joining("; ")));
      }
    }

    private static boolean isSame(StagedPartition one, Manifest published) {
      return !published.hasExpired() && published.fingerprint().equals(one.fingerprint());
    }

    private ColumnFigures figures(StagedPartition one) throws IOException {
      var all = checks.of(one.partition().dataset());
      var columns = new HashSet<String>();
      all.forEach(check -> columns.addAll(check.rule().columns()));
      return ColumnFigures.read(
          run.warehouse().fileSystem(),
          run.warehouse().stagingOf(run.id(), one.partition()),
          one.files(),
          all.get(0).table().schema(),
          columns);
    }

    /**
     * What becomes of a check.
     *
     * @param published the manifest of the same rows, if they are published already; nobody is
     *     helped then if they are stopped
     * @param accepted what is accepted for these rows; what is accepted now is added
     */
    private CheckResult result(
        LocalDate day,
        Check check,
        Finding finding,
        Optional<Manifest> published,
        Map<String, Accepted> accepted) {
      if (!finding.isFailed()) {
        boolean isJudged = finding.verdict() == Finding.Verdict.PASSED;
        return CheckResult.of(
            day, check, finding, isJudged ? Status.PASSED : Status.NOT_JUDGED, null);
      }
      if (check.severity() == Severity.FAIL && acceptance.names().contains(check.name())) {
        accepted.put(check.name(), new Accepted(check.name(), acceptance.reason(), run.id()));
      }
      var known = accepted.get(check.name());
      if (known != null) {
        return CheckResult.of(day, check, finding, Status.ACCEPTED, known.reason());
      }
      boolean isWarning = check.severity() == Severity.WARN || published.isPresent();
      return CheckResult.of(day, check, finding, isWarning ? Status.WARNED : Status.STOPPED, null);
    }

    /** What was made from a partition that is not published cannot be published either. */
    private void stopDependents(List<StagedPartition> staged) {
      boolean isAny = !stopped.isEmpty();
      while (isAny) {
        isAny = false;
        for (var one : staged) {
          var input =
              one.inputs().stream()
                  .map(Manifest.Input::where)
                  .filter(stopped::containsKey)
                  .findFirst();
          if (input.isPresent() && !stopped.containsKey(one.partition())) {
            stopped.put(one.partition(), "it was made from " + input.get());
            isAny = true;
          }
        }
      }
    }

    /** One for each check that warns, with its first partition. */
    private List<String> warnings() {
      var warned = new LinkedHashMap<String, List<CheckResult>>();
      results.stream()
          .filter(result -> result.status() == Status.WARNED)
          .forEach(
              result ->
                  warned.computeIfAbsent(result.check(), any -> new ArrayList<>()).add(result));
      return warned.values().stream()
          .map(
              all ->
                  Partition.ofDay(all.get(0).table(), all.get(0).day())
                      + ": "
                      + all.get(0).text()
                      + (all.size() == 1 ? "" : " (and " + (all.size() - 1) + " more days)"))
          .toList();
    }
  }
}
