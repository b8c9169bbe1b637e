package org.clickmill.jobs.load;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/** The events that came after their hours were sealed, until they are folded into them. */
public final class LateEvents {
  private final Run run;
  private final CommitLog log;

  /**
   * What folding did.
   *
   * @param events that were late, and are in their hours now
   * @param hours that hold them now
   * @param hoursSealed hours since the first of their days that were not there before, without
   *     events
   * @param forgotten late events of users and visitors on the suppression list, which are dropped
   */
  public record Folded(
      long events,
      int hours,
      int hoursSealed,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) long forgotten) {}

  /**
   * What folding would do.
   *
   * @param late the hours that late events wait for, in order
   * @param hoursSealed as in {@link Folded}
   */
  public record Plan(List<LateHour> late, int hoursSealed) {
    public long events() {
      return late.stream().mapToLong(LateHour::events).sum();
    }
  }

  /**
   * An hour that late events wait for.
   *
   * @param hour the partition of events, such as {@code events/dt=2019-10-01/hr=07}
   * @param events how many wait for it
   */
  public record LateHour(String hour, long events) {}

  public LateEvents(Run run) {
    this.run = run.step("fold-late");
    this.log = new CommitLog(run.warehouse());
  }

  /** How many wait. */
  public long count() throws IOException {
    return count(files());
  }

  /** What {@link #fold} would do now; changes nothing. */
  public Plan plan() throws IOException {
    var last = log.last();
    if (last.isEmpty()) {
      return new Plan(List.of(), 0);
    }
    boolean isDone = log.isDone(last.get());
    var files = isDone ? files() : filesOnceDone(last.get());
    if (files.isEmpty()) {
      return new Plan(List.of(), 0);
    }
    var late = new ArrayList<LateHour>();
    for (var hour : files.entrySet()) {
      var one = new TreeMap<>(Map.of(hour.getKey(), hour.getValue()));
      late.add(new LateHour(hour.getKey().toString(), count(one)));
    }
    var feeds = new TreeMap<>(files);
    addMissingHours(feeds, last.get().sealedThrough());
    if (!isDone) {
      // Completing the commit seals them before anything is folded.
      last.get().sealedHours().stream()
          .map(Hours::partition)
          .filter(hour -> !files.containsKey(hour))
          .forEach(feeds::remove);
    }
    return new Plan(late, feeds.size() - files.size());
  }

  /** The files that will wait when the newest commit has been carried out. */
  private SortedMap<Partition, List<StagedFile>> filesOnceDone(Commit last) throws IOException {
    var files = files();
    var placed = Set.copyOf(log.lateFiles());
    for (var file : lateFiles(last).entrySet()) {
      if (!placed.contains(file.getKey())) {
        files
            .computeIfAbsent(
                PartitionFeeder.target(file.getValue()), partition -> new ArrayList<>())
            .add(file.getValue());
      }
    }
    return files;
  }

  /** Without those of files that are in their hours, and were about to be deleted. */
  private long count(SortedMap<Partition, List<StagedFile>> files) throws IOException {
    var feeder = new PartitionFeeder(run, log);
    long events = 0;
    for (var hour : files.entrySet()) {
      for (var file : hour.getValue()) {
        events += feeder.holds(hour.getKey(), file) ? 0 : file.file().records();
      }
    }
    return events;
  }

  /** Publishes the hours again that have late events, with these. */
  public Folded fold() throws IOException, InterruptedException {
    var last = log.last();
    if (last.isEmpty()) {
      return new Folded(0, 0, 0, 0);
    }
    new RollForward(run, log).complete(last.get());
    var files = files();
    if (files.isEmpty()) {
      return new Folded(0, 0, 0, 0);
    }
    long events = count(files);
    int hours = files.size();
    var feeds = new TreeMap<>(files);
    addMissingHours(feeds, last.get().sealedThrough());
    long forgotten = new PartitionFeeder(run, log).feed(feeds).forgotten();
    run.warehouse().discardStaging(run.id());
    return new Folded(events - forgotten, hours, feeds.size() - hours, forgotten);
  }

  /**
   * From the first of their days on, every sealed hour is there afterwards. A day that did not
   * exist is whole then, and so are those between it and the next: sessions go from day to day.
   */
  private void addMissingHours(SortedMap<Partition, List<StagedFile>> feeds, long sealedThrough)
      throws IOException {
    var firstDay = feeds.firstKey().day();
    var published = run.warehouse().manifests(Datasets.EVENTS, firstDay, null);
    for (long hour = Hours.of(Hours.ofDay(firstDay).get(0)); hour < sealedThrough; hour++) {
      var partition = Hours.partition(hour);
      if (!published.containsKey(partition)) {
        feeds.putIfAbsent(partition, List.of());
      }
    }
  }

  /** The files that wait, by the hour that their events belong to. */
  private SortedMap<Partition, List<StagedFile>> files() throws IOException {
    var waiting = new TreeMap<Partition, List<StagedFile>>();
    var commits = new HashMap<Long, Map<Path, StagedFile>>();
    for (var path : log.lateFiles()) {
      long sequence = CommitLog.sequence(path);
      if (!commits.containsKey(sequence)) {
        commits.put(sequence, lateFiles(log.read(sequence)));
      }
      var file = commits.get(sequence).get(path);
      if (file == null) {
        throw CommitLog.unknown(path);
      }
      waiting
          .computeIfAbsent(PartitionFeeder.target(file), partition -> new ArrayList<>())
          .add(file);
    }
    return waiting;
  }

  private Map<Path, StagedFile> lateFiles(Commit commit) {
    return commit.files(Datasets.LATE).stream()
        .collect(Collectors.toMap(log::placed, Function.identity()));
  }
}
