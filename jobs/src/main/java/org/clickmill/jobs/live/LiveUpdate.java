package org.clickmill.jobs.live;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.ingest.IngestSettings;
import org.clickmill.jobs.ingest.IngestSettings.Deduplicate;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.load.CommittedEvents;

/** Brings the live tables up to the loader's newest commit. */
public final class LiveUpdate {
  /** How often what the loader moves away meanwhile is read again. */
  private static final int ATTEMPTS = 10;

  private final Run run;
  private final Warehouse warehouse;
  private final Freshness freshness;
  private final LiveStates states;
  private final Deduplicate deduplicate;

  /** Days that are not live any more, or never were. */
  private final TreeSet<String> ended = new TreeSet<>();

  public LiveUpdate(Run run, Freshness freshness) {
    this.run = run.step(Live.NAME);
    this.warehouse = run.warehouse();
    this.freshness = freshness;
    this.states = new LiveStates(warehouse);
    this.deduplicate = IngestSettings.DEDUPLICATE.get(run.configuration());
  }

  /**
   * Deletes all that the live tables are made with, which holds events with all their columns; the
   * next update makes it again.
   */
  public static void discard(Warehouse warehouse) throws IOException {
    warehouse.disk().delete(new Path(warehouse.root(), LiveFiles.FOLDER));
  }

  /**
   * Updates the live tables.
   *
   * @throws ClickmillException of kind usage if nothing was ever loaded, of kind held if another
   *     update or a switch of days was faster
   */
  public LiveOutcome update() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var updated = bringUpToDate();
    publish(updated.state());
    return new LiveOutcome(
        updated.state().commit(),
        updated.events(),
        updated.duplicates(),
        updated.buckets(),
        List.copyOf(updated.changes().days().keySet()),
        List.copyOf(ended),
        updated.changes(),
        (System.nanoTime() - begin) / 1e9);
  }

  /**
   * What there is to publish.
   *
   * @param state the newest
   * @param events that were read for it
   * @param duplicates of these and of events before that were dropped
   * @param buckets that were counted again
   * @param changes the days that differ from the state before
   */
  private record Updated(
      LiveState state, long events, long duplicates, long buckets, LiveChanges changes) {}

  private Updated bringUpToDate() throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      var files = new LiveFiles(warehouse, run.id() + (attempt == 1 ? "" : "-" + attempt));
      try {
        return update(files);
      } catch (FileNotFoundException e) {
        files.discard();
        if (attempt == ATTEMPTS) {
          throw missing(e);
        }
      }
    }
  }

  private static ClickmillException missing(FileNotFoundException e) {
    return ClickmillException.failed(
        "Missing file: %s. If no other command has moved it, bring it back from a backup or a"
            + " snapshot, or delete the folder %s where it lies there.",
        e.getMessage(), LiveFiles.FOLDER, e);
  }

  private Updated update(LiveFiles files) throws IOException, InterruptedException {
    var committed =
        CommittedEvents.read(run)
            .orElseThrow(
                () ->
                    ClickmillException.usage(
                        "Missing commits of the loader in %s: live tables hold what 'clickmill"
                            + " load' has brought from Kafka; load first, with --follow --live to"
                            + " keep them up to date",
                        warehouse.root()));
    var last = states.last().orElse(null);
    boolean goesOn = last != null && goesOn(last, committed);
    var before = goesOn ? last.days() : new TreeMap<String, LiveState.Day>();
    long since = goesOn ? last.commit() : 0;
    var live = new TreeMap<>(before);
    ended.clear();
    live.keySet().removeIf(this::isEnded);
    try (var events =
        new DayEvents(
            files, deduplicate, (long) LiveSettings.MEMORY_MB.get(run.configuration()) << 20)) {
      var days = goesOn ? committed.daysSince(since) : committed.days();
      var begun = begun(days, live.keySet());
      for (var day : days) {
        boolean isKnown = live.containsKey("dt=" + day);
        if (isKnown || begun.contains(day)) {
          committed.read(day, isKnown ? since : 0, events::add);
        }
      }
      var built = rebuild(files, events, live, committed.commit());
      var changes = LiveChanges.of(before, live, built);
      var state = last;
      if (last == null
          || !live.equals(last.days())
          || last.commit() != committed.commit()
          || !goesOn) {
        state = commit(files, last, live, committed.commit());
      }
      return new Updated(
          state,
          events.read(),
          duplicates(live) - duplicates(before),
          built.values().stream().mapToLong(Set::size).sum(),
          changes);
    }
  }

  private static long duplicates(SortedMap<String, LiveState.Day> days) {
    return days.values().stream().mapToLong(LiveState.Day::duplicates).sum();
  }

  private boolean goesOn(LiveState last, CommittedEvents committed) throws IOException {
    // Files of an older format are made anew.
    return last.formatVersion() == LiveState.FORMAT_VERSION
        && last.deduplicate().equals(deduplicate.name())
        && committed.canReadSince(last.commit());
  }

  /** Whether a switch has ended a day; whatever such a one left undone is done. */
  private boolean isEnded(String day) {
    try {
      boolean isBatch =
          warehouse
              .manifest(LivePublisher.partition(Live.LIVE_SUMMARY, day))
              .map(Live::isBatch)
              .orElse(false);
      if (isBatch) {
        new LivePublisher(run).publishBatch(day);
        ended.add(day);
      }
      return isBatch;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The days that begin to be live. A day whose {@code events_daily} was there before any live
   * table of it never does: its events need not be the loader's, and the batch tables have them.
   */
  private Set<LocalDate> begun(SortedSet<LocalDate> days, Set<String> live) throws IOException {
    var begun = new TreeSet<LocalDate>();
    var known = new TreeSet<LocalDate>();
    for (var day : days) {
      var name = "dt=" + day;
      if (live.contains(name) || isEnded(name)) {
        continue;
      }
      if (isPublished(Live.LIVE_SUMMARY, name)) {
        known.add(day);
      } else if (!isPublished(Datasets.EVENTS_DAILY, name)) {
        begun.add(day);
      }
    }
    if (!known.isEmpty()) {
      // Their states are lost.
      var fresh = freshness.fresh(known);
      for (var day : fresh) {
        new LiveSwitch(run, freshness).end("dt=" + day);
        ended.add("dt=" + day);
      }
      known.removeAll(fresh);
      begun.addAll(known);
    }
    return begun;
  }

  private boolean isPublished(String dataset, String day) throws IOException {
    return warehouse.manifest(new Partition(dataset, day)).isPresent();
  }

  /** Builds the buckets that have new events, by day, and the hours that these lie in. */
  private Map<String, Set<Integer>> rebuild(
      LiveFiles files, DayEvents events, SortedMap<String, LiveState.Day> live, long commit)
      throws IOException {
    var before = new HashMap<String, List<LiveState.IdRun>>();
    live.forEach((day, state) -> before.put(day, state.ids()));
    var ids = events.place(before);
    var built = new HashMap<String, Set<Integer>>();
    var days = new TreeMap<String, DayBuilder>();
    try (var placed = new BucketStream(events.placed())) {
      while (placed.nextBucket()) {
        var day = DayEvents.partition(placed.day());
        var builder =
            days.computeIfAbsent(
                day,
                name ->
                    new DayBuilder(
                        run,
                        files,
                        deduplicate,
                        name,
                        live.getOrDefault(name, LiveState.Day.EMPTY)));
        builder.build(placed.bucket(), placed);
        built.computeIfAbsent(day, name -> new TreeSet<>()).add(placed.bucket());
      }
    }
    for (var day : ids.keySet()) {
      // All of its new events may be repeated ones.
      days.computeIfAbsent(
          day,
          name ->
              new DayBuilder(
                  run, files, deduplicate, name, live.getOrDefault(name, LiveState.Day.EMPTY)));
    }
    for (var day : days.entrySet()) {
      live.put(
          day.getKey(),
          day.getValue().finish(commit, ids.get(day.getKey()), events.dropped(day.getKey())));
    }
    return built;
  }

  private LiveState commit(
      LiveFiles files, LiveState last, SortedMap<String, LiveState.Day> live, long commit)
      throws IOException {
    files.sync();
    var state =
        new LiveState(
            LiveState.FORMAT_VERSION,
            last == null ? 1 : last.sequence() + 1,
            run.id(),
            commit,
            deduplicate.name(),
            live);
    if (!states.create(state)) {
      files.discard();
      throw LiveStates.heldByAnother();
    }
    files.keep();
    if (last != null) {
      files.deleteUnused(last, state);
    }
    return state;
  }

  private void publish(LiveState state) throws IOException {
    var publisher = new LivePublisher(run);
    for (var day : state.days().entrySet()) {
      var before = publisher.read(day.getKey());
      // In this order: what a newer state publishes from here on was not there when that was read.
      states.requireNewest(state.sequence());
      try {
        publisher.publish(before, day.getValue());
      } catch (FileNotFoundException e) {
        // Deleted by the update that made a newer state, or lost.
        states.requireNewest(state.sequence());
        throw missing(e);
      }
    }
    warehouse.discardStaging(run.id());
  }
}
