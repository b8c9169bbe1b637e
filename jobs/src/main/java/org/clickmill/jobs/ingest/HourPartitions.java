package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest.Source;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publication;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedContent;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/** Makes whole hours of what an import's job wrote: new rows, rows from before, and none. */
final class HourPartitions {
  private static final int LOGIC_VERSION = 1;
  private static final long LARGEST_GAP_DAYS = 400;
  private static final String ANALYSIS = "import";

  private final Run run;
  private final Catalog catalog;
  private final ImportPlan plan;
  private final Map<String, Source> sourcesByIdentity = new HashMap<>();
  private final boolean fill;
  private final Instant open;

  HourPartitions(
      Run run, Catalog catalog, ImportPlan plan, Mapping mapping, boolean fill, Instant open) {
    this.run = run;
    this.catalog = catalog;
    this.plan = plan;
    this.fill = fill;
    this.open = open;
    var fingerprint = mapping.fingerprint();
    for (var file : plan.files()) {
      var source = new Source(file.identity(), file.checksum(), fingerprint);
      sourcesByIdentity.put(file.identity(), source);
    }
  }

  /**
   * Publishes what a job wrote, with what was published of its hours before.
   *
   * @param files in the run's staging folder
   */
  List<Publication> publish(List<StagedFile> files) throws IOException, InterruptedException {
    var written = new TreeMap<Partition, List<StagedFile>>();
    for (var file : files) {
      written.computeIfAbsent(file.partition(), partition -> new ArrayList<>()).add(file);
    }
    var rejects = written.tailMap(new Partition(Datasets.REJECTS, ""));
    var partitions = new ArrayList<StagedPartition>();
    rejects.forEach((partition, rejected) -> partitions.add(rejects(partition, rejected)));
    var hours = new TreeMap<>(written.headMap(new Partition(Datasets.REJECTS, "")));
    checkGaps(hours);
    checkOpen(hours);
    checkExpired(hours);
    plan.carried().keySet().forEach(hour -> hours.putIfAbsent(hour, List.of()));
    if (fill) {
      fill(hours);
    }
    var merges = new ArrayList<MergeJob.Hour>();
    for (var entry : hours.entrySet()) {
      if (isMerged(entry.getKey(), entry.getValue())) {
        merges.add(merge(entry.getKey(), entry.getValue()));
      } else {
        partitions.add(hour(entry.getKey(), entry.getValue(), StagedContent.of(entry.getValue())));
      }
    }
    var published =
        new ArrayList<>(new Publisher(run.warehouse(), run.id()).publishAll(partitions));
    if (!merges.isEmpty()) {
      published.addAll(publishMerged(merges, hours));
    }
    return published;
  }

  /** Whether an hour has too many files, or rows in files that are published already. */
  private boolean isMerged(Partition hour, List<StagedFile> written) {
    return written.size() > MergeJob.MOST_FILES || !kept(hour).files().isEmpty();
  }

  /** What is published of an hour, and does not come again in what was written. */
  private StagedContent kept(Partition hour) {
    var published = catalog.manifest(hour);
    return published.isEmpty() || plan.carried().containsKey(hour)
        ? StagedContent.EMPTY
        : StagedContent.EMPTY.plus(published.get());
  }

  private MergeJob.Hour merge(Partition hour, List<StagedFile> written) {
    var folder = run.warehouse().stagingOf(run.id(), hour);
    var files = new ArrayList<InputFile>();
    for (var file : written) {
      var path = folder + "/" + file.file().name();
      files.add(new InputFile(path, hour, file.file().bytes()));
    }
    var kept = kept(hour);
    if (!kept.files().isEmpty()) {
      files.addAll(InputFile.of(run.warehouse(), hour, catalog.manifest(hour).orElseThrow()));
    }
    var rows = StagedContent.of(written).fingerprint().plus(kept.fingerprint());
    return new MergeJob.Hour(hour, files, rows);
  }

  private List<Publication> publishMerged(
      List<MergeJob.Hour> merges, SortedMap<Partition, List<StagedFile>> written)
      throws IOException, InterruptedException {
    var step = run.step("merge");
    var merged = new MergeJob(step).run(merges);
    var partitions = new ArrayList<StagedPartition>();
    for (var merge : merges) {
      var hour = merge.partition();
      partitions.add(hour(hour, written.get(hour), merged.get(hour)));
    }
    var published = new Publisher(run.warehouse(), step.id()).publishAll(partitions);
    run.warehouse().discardStaging(step.id());
    return published;
  }

  /**
   * A year between two events is a broken clock more often than a quiet shop. The row to look at is
   * one of the fewest that lie together.
   */
  private void checkGaps(SortedMap<Partition, List<StagedFile>> hours) {
    var all = new TreeMap<>(hours);
    // What an import that was cut off has published lies between.
    for (var file : plan.files()) {
      file.hoursDone().forEach(hour -> all.putIfAbsent(Hours.partition(hour), List.of()));
    }
    var parts = partsBetweenGaps(all).stream().filter(part -> events(part) > 0).toList();
    if (parts.size() <= 1) {
      return;
    }
    long events = parts.stream().mapToLong(HourPartitions::events).sum();
    int fewest = 0;
    for (int i = 1; i < parts.size(); i++) {
      if (events(parts.get(i)) <= events(parts.get(fewest))) {
        fewest = i;
      }
    }
    var odd = parts.get(fewest);
    int later = Math.max(fewest, 1);
    throw ClickmillException.usage(
        "Invalid event times: there are none for more than %d days between %s and %s. %d of %d"
            + " events lie on the side with fewer of them, the first of these is %s. Correct the"
            + " times, or import the two parts apart%s.",
        LARGEST_GAP_DAYS,
        parts.get(later - 1).lastKey().path(),
        parts.get(later).firstKey().path(),
        events(odd),
        events,
        first(
            odd.values().stream().filter(written -> !written.isEmpty()).findFirst().orElseThrow()),
        fewest == 0
            ? ", or set " + IngestSettings.MIN_DAY.name() + ": records before it are rejected"
            : "");
  }

  /** The hours in order, cut wherever too many days are between two of them; at least one part. */
  private static List<SortedMap<Partition, List<StagedFile>>> partsBetweenGaps(
      SortedMap<Partition, List<StagedFile>> hours) {
    var parts = new ArrayList<SortedMap<Partition, List<StagedFile>>>();
    var part = new TreeMap<Partition, List<StagedFile>>();
    parts.add(part);
    for (var entry : hours.entrySet()) {
      var hour = entry.getKey();
      if (!part.isEmpty()
          && ChronoUnit.DAYS.between(part.lastKey().day(), hour.day()) > LARGEST_GAP_DAYS) {
        part = new TreeMap<>();
        parts.add(part);
      }
      part.put(hour, entry.getValue());
    }
    return parts;
  }

  private static long events(SortedMap<Partition, List<StagedFile>> hours) {
    return hours.values().stream()
        .flatMap(List::stream)
        .mapToLong(file -> file.file().records())
        .sum();
  }

  /** What the loader will publish is not to be there when it does. */
  private void checkOpen(SortedMap<Partition, List<StagedFile>> hours) {
    if (open != null && !hours.isEmpty() && Hours.of(hours.lastKey()) >= openHour()) {
      throw ClickmillException.notReady(
          "Cannot import into %s, which begins with %s: topics are loaded into this warehouse, and"
              + " hours from %s on are not sealed yet. Import again when they are, or leave out the"
              + " records from there on.",
          hours.lastKey(), first(hours.get(hours.lastKey())), open);
    }
  }

  /** The events that were there before would be missing beside the new ones. */
  private void checkExpired(SortedMap<Partition, List<StagedFile>> hours) {
    for (var hour : hours.keySet()) {
      if (catalog.expired(hour).isPresent()) {
        throw ClickmillException.usage(
            "Cannot import into %s, which begins with %s: the hour has expired (clickmill.expire)."
                + " Leave such records out, by %s, for instance, or delete the folder %s to begin"
                + " the hour anew.",
            hour,
            first(hours.get(hour)),
            IngestSettings.MIN_DAY.name(),
            run.warehouse().pathOf(hour));
      }
    }
  }

  private long openHour() {
    return open == null ? Long.MAX_VALUE : Hours.of(open.toEpochMilli());
  }

  private static String first(List<StagedFile> files) {
    return files.get(0).notes().get(HourFiles.FIRST).get(0);
  }

  private void fill(SortedMap<Partition, List<StagedFile>> hours) {
    var touched = new TreeSet<>(hours.keySet());
    for (var file : plan.files()) {
      file.hoursDone().forEach(hour -> touched.add(Hours.partition(hour)));
    }
    if (touched.isEmpty()) {
      return;
    }
    long now = run.started().toEpochMilli();
    var end = touched.last().day().plusDays(1);
    for (var day = touched.first().day(); day.isBefore(end); day = day.plusDays(1)) {
      for (var hour : Hours.ofDay(day)) {
        boolean over = (Hours.of(hour) + 1) * Hours.MILLISECONDS <= now;
        if (over && Hours.of(hour) < openHour() && !catalog.isKnown(hour)) {
          hours.putIfAbsent(hour, List.of());
        }
      }
    }
  }

  private StagedPartition hour(Partition hour, List<StagedFile> written, StagedContent content) {
    var sources = new TreeMap<String, Source>();
    for (var file : written) {
      for (var identity : file.notes().get(HourFiles.SOURCES)) {
        if (sourcesByIdentity.containsKey(identity)) {
          sources.put(identity, sourcesByIdentity.get(identity));
        }
      }
    }
    var published = catalog.manifest(hour);
    if (published.isPresent()) {
      var before = published.get();
      boolean carried = plan.carried().containsKey(hour);
      for (var source : before.sources()) {
        if (!carried || !plan.replaced().contains(source.identity())) {
          sources.putIfAbsent(source.identity(), source);
        }
      }
    }
    return staged(hour, catalog.revision(hour), content, List.copyOf(sources.values()));
  }

  private StagedPartition rejects(Partition partition, List<StagedFile> written) {
    return staged(partition, 0, StagedContent.of(written), List.of());
  }

  private static StagedPartition staged(
      Partition partition, int baseRevision, StagedContent content, List<Source> sources) {
    return content.madeOf(sources, partition, baseRevision, ANALYSIS, LOGIC_VERSION);
  }
}
