package org.clickmill.drivers.observe;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.clickmill.drivers.pipeline.PlannedPartition;
import org.clickmill.drivers.pipeline.State;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Parallel;
import org.clickmill.formats.warehouse.SuiteVersion;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.load.LoaderStatus;

/** How a warehouse stands, in metrics. */
public final class WarehouseMetrics {
  private static final int THREADS = 4;

  /** The newest folder of a table may be one of a partition that is not published yet. */
  private static final int MOST_DAYS = 3;

  private final Warehouse warehouse;
  private final Clock clock;

  public WarehouseMetrics(Warehouse warehouse, Clock clock) {
    this.warehouse = warehouse;
    this.clock = clock;
  }

  /** Adds how fresh each table is, for which the newest partition of each is looked at. */
  public void addTables(Samples samples) throws IOException {
    samples.add(Metric.INFO, 1, SuiteVersion.text());
    var grains =
        Suite.all(warehouse.configuration()).stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.table().dataset(), entry -> entry.table().grain(), (a, b) -> a));
    // Rejects are filed under the day of their run, and are not late when there are none.
    var names =
        warehouse.datasets().stream().filter(name -> !name.equals(Datasets.REJECTS)).toList();
    for (var newest : Parallel.map(names, THREADS, this::newest)) {
      newest.ifPresent(manifest -> addTable(samples, manifest, grains));
    }
  }

  private static void addTable(Samples samples, Manifest manifest, Map<String, Grain> grains) {
    var table = manifest.dataset();
    samples.add(Metric.TABLE_PUBLISHED_TIMESTAMP_SECONDS, manifest.createdAt(), table);
    samples.add(
        Metric.TABLE_END_TIMESTAMP_SECONDS,
        end(manifest, grains.getOrDefault(table, Grain.DAY)),
        table);
    samples.add(Metric.TABLE_NEWEST_ROWS, manifest.fingerprint().rows(), table);
    samples.add(Metric.TABLE_NEWEST_BYTES, manifest.bytes(), table);
  }

  private Optional<Manifest> newest(String table) throws IOException {
    var days = new ArrayList<>(warehouse.days(table));
    Collections.reverse(days);
    for (var day : days.subList(0, Math.min(days.size(), MOST_DAYS))) {
      var manifests = warehouse.manifests(table, day, day);
      if (!manifests.isEmpty()) {
        return Optional.of(manifests.get(manifests.lastKey()));
      }
    }
    return Optional.empty();
  }

  /** The end of a partition's period. */
  private static Instant end(Manifest manifest, Grain grain) {
    var partition = manifest.where();
    var start = partition.day();
    int hour = partition.hour();
    if (hour >= 0) {
      return start.atStartOfDay().toInstant(ZoneOffset.UTC).plus(Duration.ofHours(hour + 1L));
    }
    var days = grain.days(start);
    return days.get(days.size() - 1).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** Adds how far topics are loaded. */
  public void addLoader(Samples samples, LoaderStatus loader) {
    samples.add(Metric.LOAD_COMMIT_TIMESTAMP_SECONDS, loader.committedAt());
    var newest = loader.newestSealedHour();
    samples.add(
        Metric.LOAD_SEALED_TIMESTAMP_SECONDS,
        newest == null ? null : newest.plus(Duration.ofHours(1)));
    samples.add(Metric.LOAD_WAITING_EVENTS, loader.lateWaiting());
    for (var part : loader.partitions()) {
      samples.add(Metric.LOAD_OFFSET, part.committed(), part.topic(), part.partition());
      if (part.lag() != null) {
        samples.add(Metric.LOAD_LAG_RECORDS, part.lag(), part.topic(), part.partition());
      }
      samples.add(Metric.LOAD_EVENTS_TOTAL, part.events(), part.topic(), part.partition());
      samples.add(Metric.LOAD_LATE_EVENTS_TOTAL, part.late(), part.topic(), part.partition());
      samples.add(
          Metric.LOAD_REJECTED_RECORDS_TOTAL, part.rejected(), part.topic(), part.partition());
    }
  }

  /**
   * Adds which partitions are stale.
   *
   * @param plan of all days and all tables
   * @param stuckCommits commits that cannot be carried out
   * @param unregistered partitions that the metastore does not know yet; null where there is none
   */
  public void addStates(
      Samples samples, List<PlannedPartition> plan, int stuckCommits, Long unregistered) {
    var counts = new LinkedHashMap<String, long[]>();
    for (var partition : plan) {
      counts
          .computeIfAbsent(
              partition.entry().table().dataset(), any -> new long[State.values().length])[
          partition.state().ordinal()]++;
    }
    counts.forEach(
        (table, ofStates) -> {
          for (var state : State.values()) {
            samples.add(
                Metric.PARTITIONS,
                ofStates[state.ordinal()],
                table,
                state.name().toLowerCase(Locale.ROOT));
          }
        });
    samples.add(Metric.STUCK_COMMITS, stuckCommits);
    if (unregistered != null) {
      samples.add(Metric.UNREGISTERED_PARTITIONS, unregistered);
    }
    samples.add(Metric.STATE_TIMESTAMP_SECONDS, clock.instant());
  }
}
