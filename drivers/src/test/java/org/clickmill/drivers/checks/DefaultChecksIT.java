package org.clickmill.drivers.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.clickmill.drivers.checks.CheckResult.Status;
import org.clickmill.drivers.pipeline.DayRange;
import org.clickmill.drivers.pipeline.Pipeline;
import org.clickmill.drivers.pipeline.PipelineReport;
import org.clickmill.drivers.pipeline.PlanOptions;
import org.clickmill.drivers.pipeline.StepObserver;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest.Accepted;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.LocalWarehouse;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in checks on a real shop's year: what they stop, and what they stop in error. */
final class DefaultChecksIT {
  private static final String CHECK = "events_missing";

  /** The share of what is expected that is enough. */
  private static final double LEAST = 0.55;

  /** Shares of what is expected between which a day is a usual one. */
  private static final double LEAST_USUAL = 0.9;

  private static final double MOST_USUAL = 1.1;

  @TempDir private Path folder;

  /** A day with events that was judged, and how many were expected. */
  private record Judged(LocalDate day, double events, double least, Status status) {
    double expected() {
      return least / LEAST;
    }

    boolean isUsual() {
      return events >= LEAST_USUAL * expected() && events <= MOST_USUAL * expected();
    }
  }

  @Test
  void halfADayIsStoppedAndAUsualOneIsNot() throws Exception {
    var shared = System.getProperty("clickmill.shared", "../../shared");
    var input = Path.of(shared, "data", "online-retail").toAbsolutePath().normalize();
    Assumptions.assumeTrue(Files.exists(input), "needs " + input);
    long seed = Long.getLong("clickmill.test.seed", System.nanoTime());
    System.out.println("-Dclickmill.test.seed=" + seed);
    var random = new Random(seed);

    var year = shop("year", input);
    var stopped = run(year, DayRange.ALL, Acceptance.NONE).stopped();
    var results = results(year);
    var judged = results.stream().filter(day -> day.events() > 0 && day.least() > 0).toList();
    var falseAlarms = judged.stream().filter(day -> day.status() == Status.STOPPED).toList();
    long found = judged.stream().filter(day -> day.events() / 2 < day.least()).count();
    System.out.println(
        String.format(
            Locale.ROOT,
            "Of 305 days with events %d are judged, %d are stopped in error (%s), and %d would be"
                + " stopped with half of their events; %d days without events are stopped too",
            judged.size(),
            falseAlarms.size(),
            falseAlarms.stream().map(day -> day.day().toString()).toList(),
            found,
            stopped.size() - falseAlarms.size()));
    assertThat(judged).hasSizeBetween(275, 290);
    assertThat(falseAlarms).hasSizeLessThanOrEqualTo(5);
    assertThat(found).isGreaterThanOrEqualTo(190);
    var usual = judged.stream().filter(Judged::isUsual).toList();
    assertThat(usual).hasSizeGreaterThan(50).noneMatch(day -> day.status() == Status.STOPPED);

    var chosen = usual.get(random.nextInt(usual.size())).day();
    System.out.println("Half of the events are left out on " + chosen);
    var half = shop("half", withHalf(input, chosen, random));
    var halfStopped = run(half, DayRange.ALL, Acceptance.NONE).stopped();
    assertThat(halfStopped)
        .filteredOn(text -> text.startsWith(partition(chosen) + ": check " + CHECK + ": "))
        .hasSize(1);
    assertThat(half.manifests(Datasets.EVENTS_DAILY)).doesNotContainKey(partition(chosen));

    var acceptance = new Acceptance(List.of(CHECK), "the rest is lost");
    assertThat(run(half, new DayRange(chosen, chosen), acceptance).stopped()).isEmpty();
    assertThat(half.manifests(Datasets.EVENTS_DAILY).get(partition(chosen)).accepted())
        .extracting(Accepted::check, Accepted::reason)
        .containsExactly(tuple(CHECK, "the rest is lost"));
  }

  private LocalWarehouse shop(String name, Path input) throws Exception {
    var local =
        new LocalWarehouse(folder.resolve(name))
            .set("mapreduce.task.io.sort.mb", 64)
            .set("clickmill.checks", "default");
    local.importFiles(input, "online-retail");
    return local;
  }

  private static PipelineReport run(LocalWarehouse local, DayRange days, Acceptance acceptance)
      throws IOException {
    var entries = Suite.named(List.of(Datasets.EVENTS_DAILY), Suite.entries(local.configuration()));
    var gate = new CheckGate(Checks.of(local.configuration()), acceptance);
    return new Pipeline(local.run(), entries, PlanOptions.DEFAULT, StepObserver.NONE, gate)
        .run(days);
  }

  private static Partition partition(LocalDate day) {
    return Partition.ofDay(Datasets.EVENTS_DAILY, day);
  }

  private static List<Judged> results(LocalWarehouse local) throws IOException {
    var results = new ArrayList<Judged>();
    for (var partition : local.manifests(Datasets.DATA_QUALITY).keySet()) {
      try (var rows =
          TableReader.open(
              local.warehouse().fileSystem(),
              local.warehouse().pathOf(partition),
              local.configuration())) {
        while (rows.next()) {
          var result = CheckResult.read(partition.day(), rows);
          if (result.check().equals(CHECK) && result.measured() != null) {
            results.add(
                new Judged(result.day(), result.measured(), result.least(), result.status()));
          }
        }
      }
    }
    return results;
  }

  /** The files up to a day, of which every other line, in some order, is left out. */
  private Path withHalf(Path input, LocalDate day, Random random) throws IOException {
    var copy = Files.createDirectory(folder.resolve("input"));
    try (var files = Files.list(input)) {
      for (var file : files.sorted().toList()) {
        var date = LocalDate.parse(file.getFileName().toString().substring(0, 10));
        var target = copy.resolve(file.getFileName());
        if (date.isBefore(day)) {
          Files.copy(file, target);
        } else if (date.equals(day)) {
          writeHalf(file, target, random);
        }
      }
    }
    return copy;
  }

  private static void writeHalf(Path file, Path target, Random random) throws IOException {
    List<String> lines;
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines = new ArrayList<>(reader.lines().toList());
    }
    var header = lines.remove(0);
    Collections.shuffle(lines, random);
    try (var writer =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(target)), StandardCharsets.UTF_8)) {
      writer.write(header + "\n");
      for (var line : lines.subList(0, lines.size() / 2)) {
        writer.write(line + "\n");
      }
    }
  }
}
