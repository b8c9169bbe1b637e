package org.clickmill.drivers.forget;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.forget.PersonSearch.Holders;
import org.clickmill.drivers.forget.Receipt.Line;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.privacy.IdKind;
import org.clickmill.formats.privacy.PersonId;
import org.clickmill.formats.privacy.SuppressionList;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.formats.warehouse.Versions;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.forget.PendingErasure;
import org.clickmill.jobs.forget.PersonIds;
import org.clickmill.jobs.forget.RewriteJob;
import org.clickmill.jobs.forget.RewriteJob.Reduced;
import org.clickmill.jobs.forget.VisitorsJob;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.live.Live;
import org.clickmill.jobs.live.LiveUpdate;
import org.clickmill.jobs.load.UnsealedEvents;

/**
 * Erases persons from every partition that holds them, published or in the trash.
 *
 * <p>Each partition is published again without their rows. Unless versions are to stay, it gets a
 * new one; and where it can be computed from its inputs, its manifest names none of them, so that
 * {@code pipeline} does so next: that it was reduced is not what it is made of.
 */
public final class Erasure {
  /** A run that begins while this one is at work may publish a person once more. */
  private static final int MOST_ROUNDS = 5;

  private final Run run;
  private final Warehouse warehouse;
  private final Options options;
  private final SortedMap<String, TableSchema> schemas;
  private final OtherRuns others;
  private final PersonSearch search;
  private final SortedMap<Partition, Line> erased = new TreeMap<>();

  private final PendingErasure pending;

  /** With the visitors that were found for the users. */
  private PersonIds ids;

  private int steps;
  private int trashRevisions;
  private int deadRuns;

  /**
   * What is asked for.
   *
   * @param withVisitors whether visitors who were seen with one of the users, and nobody else, are
   *     forgotten, too
   * @param keepsVersions whether what was made from the partitions is to stay as it is
   */
  public record Options(boolean withVisitors, boolean keepsVersions) {}

  /**
   * @param run its own, and of what is computed again afterwards
   * @param ids as the tables hold them
   */
  public Erasure(Run run, PersonIds ids, Options options) {
    this.run = run;
    this.warehouse = run.warehouse();
    this.ids = ids;
    this.options = options;
    this.pending = new PendingErasure(run);
    this.schemas = SearchedTables.of(run.configuration());
    this.others = new OtherRuns(run);
    this.search = new PersonSearch(run, schemas);
  }

  /** What {@link #run} would do now. */
  public Receipt dryRun() throws IOException, InterruptedException {
    others.requireNone();
    var loaded = UnsealedEvents.look(run);
    ids = persons(loaded);
    var holders = search.find(step("search"), ids, loaded);
    noteUnsealed(loaded, holders.unsealed());
    holders
        .published()
        .forEach(
            (partition, rows) -> {
              var manifest = holders.catalog().manifest(partition).orElseThrow();
              note(manifest, rows, manifest.version());
            });
    trashRevisions = holders.replaced().size();
    return receipt(true, 0);
  }

  /**
   * Erases the persons. Nothing that is published afterwards holds them, nor does the trash.
   *
   * @throws ClickmillException of kind held if another run is at work, or publishes one of the
   *     partitions meanwhile; some may have been erased then, and running again does the rest
   */
  public void run() throws IOException, InterruptedException {
    others.requireNone();
    deadRuns += others.discardDead();
    ids = persons(UnsealedEvents.complete(step(PersonSearch.LOAD)));
    pending.begin(ids);
    // Before anything goes, so that nothing comes in again from now on.
    new SuppressionList(warehouse).add(run.id(), suppressed());
    erase();
    LiveUpdate.discard(warehouse);
  }

  /**
   * Whether there are live tables, which have lost what they are made with and are to be updated.
   */
  public boolean hasLiveTables() throws IOException {
    return warehouse.datasets().contains(Live.LIVE_SUMMARY) && UnsealedEvents.look(run).isPresent();
  }

  /**
   * Erases what other runs have published since {@link #run}; to be called when all is computed
   * again.
   *
   * @param recomputed the number of partitions that were
   * @return what was done since the beginning
   */
  public Receipt finish(long recomputed) throws IOException, InterruptedException {
    others.requireNone();
    erase();
    deadRuns += others.discardDead();
    pending.end();
    warehouse.discardStaging(run.id());
    return receipt(false, recomputed);
  }

  private List<PersonId> suppressed() {
    return Stream.concat(
            ids.users().stream().map(id -> new PersonId(IdKind.USER, id)),
            ids.visitors().stream().map(id -> new PersonId(IdKind.VISITOR, id)))
        .toList();
  }

  /** Those whose erasure has begun are among them: what said so may be erased already. */
  private PersonIds persons(Optional<UnsealedEvents> loaded)
      throws IOException, InterruptedException {
    var all = pending.with(ids);
    if (!options.withVisitors()) {
      return all;
    }
    var files = new ArrayList<InputFile>();
    for (var dataset : List.of(Datasets.EVENTS, Datasets.EVENTS_DAILY)) {
      for (var manifest : warehouse.readable(dataset, null, null).values()) {
        files.addAll(InputFile.of(warehouse, manifest.where(), manifest));
      }
    }
    loaded.ifPresent(unsealed -> files.addAll(unsealed.files()));
    var step = step("visitors");
    var visitors = new VisitorsJob(step, schemas).run(files, all.users());
    warehouse.discardStaging(step.id());
    return all.withVisitors(visitors);
  }

  /** The datasets that have lost rows so far. */
  public Set<String> erasedFrom() {
    return erased.keySet().stream().map(Partition::dataset).collect(Collectors.toSet());
  }

  private void erase() throws IOException, InterruptedException {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      var loaded = UnsealedEvents.complete(step(PersonSearch.LOAD));
      var holders = search.find(step("search"), ids, loaded);
      rewriteUnsealed(loaded, holders.unsealed());
      for (var slice : slices(holders)) {
        rewrite(slice, holders.catalog());
      }
      for (var folder : holders.replaced()) {
        deleteReplaced(folder);
      }
      if (holders.published().isEmpty() && holders.unsealed().isEmpty()) {
        return;
      }
    }
    throw ClickmillException.held(
        "Cannot forget: other runs keep publishing the persons (run again when they have ended)");
  }

  private void rewriteUnsealed(Optional<UnsealedEvents> loaded, SortedMap<String, Long> holders)
      throws IOException, InterruptedException {
    if (holders.isEmpty()) {
      return;
    }
    var unsealed = loaded.orElseThrow();
    var files = unsealed.files().stream().filter(file -> holders.containsKey(file.path())).toList();
    var staged = new RewriteJob(unsealed.run(), ids, schemas).run(files, unsealed.filePrefix());
    unsealed.replace(holders.keySet(), staged);
    noteUnsealed(loaded, holders);
  }

  private void noteUnsealed(Optional<UnsealedEvents> loaded, SortedMap<String, Long> holders) {
    for (var file : loaded.map(UnsealedEvents::files).orElse(List.of())) {
      var rows = holders.get(file.path());
      if (rows != null) {
        var place = new Partition("_loader", file.partition().toString());
        erased.merge(place, new Line(place.toString(), rows, file.bytes(), 0, 0), Line::plus);
      }
    }
  }

  private List<List<Manifest>> slices(Holders holders) {
    long most = ForgetSettings.SLICE_MB.get(run.configuration()) * (1L << 20);
    var slices = new ArrayList<List<Manifest>>();
    var slice = new ArrayList<Manifest>();
    long bytes = 0;
    var manifests =
        holders.published().keySet().stream()
            .map(partition -> holders.catalog().manifest(partition).orElseThrow())
            .sorted(
                Comparator.comparing((Manifest manifest) -> manifest.where().day())
                    .thenComparing(Manifest::where))
            .toList();
    for (var manifest : manifests) {
      if (!slice.isEmpty() && bytes + manifest.bytes() > most) {
        slices.add(List.copyOf(slice));
        slice.clear();
        bytes = 0;
      }
      slice.add(manifest);
      bytes += manifest.bytes();
    }
    if (!slice.isEmpty()) {
      slices.add(slice);
    }
    return slices;
  }

  private void rewrite(List<Manifest> slice, Catalog catalog)
      throws IOException, InterruptedException {
    var step = step("rewrite");
    var reduced = new RewriteJob(step, ids, schemas).run(slice);
    var staged = slice.stream().map(manifest -> staged(manifest, reduced, catalog)).toList();
    var published = new Publisher(warehouse, step.id()).rewriteAll(staged);
    for (int i = 0; i < slice.size(); i++) {
      var manifest = slice.get(i);
      note(manifest, reduced.get(manifest.where()).erased(), published.get(i).version());
    }
    for (var manifest : slice) {
      for (var version : Versions.of(warehouse, manifest.where())) {
        if (!version.isPublished()) {
          deleteReplaced(version.folder());
        }
      }
    }
    warehouse.discardStaging(step.id());
  }

  private StagedPartition staged(
      Manifest published, Map<Partition, Reduced> reduced, Catalog catalog) {
    var content = reduced.get(published.where()).content();
    var schema = schemas.get(published.dataset());
    var counts = new TreeMap<>(published.counts());
    for (int flag : schema.counted()) {
      counts.remove(schema.columns().get(flag).name());
    }
    counts.putAll(content.counts());
    return StagedPartition.reduced(
        published,
        content.files(),
        content.fingerprint(),
        counts,
        !options.keepsVersions() && canBeComputed(published, catalog)
            ? List.of()
            : published.inputs(),
        schema.sensitivity(),
        options.keepsVersions());
  }

  private static boolean canBeComputed(Manifest manifest, Catalog catalog) {
    return manifest.inputs().stream()
        .allMatch(input -> input.version() == 0 || catalog.manifest(input.where()).isPresent());
  }

  /** Partitions may have been replaced by others in the end, but what was erased counts once. */
  private void note(Manifest before, long rows, int newVersion) {
    var line =
        new Line(before.where().toString(), rows, before.bytes(), before.version(), newVersion);
    erased.merge(before.where(), line, Line::plus);
  }

  private void deleteReplaced(Path folder) throws IOException {
    if (warehouse.disk().delete(folder)) {
      trashRevisions++;
    }
  }

  private Run step(String name) {
    return run.step(name + "-" + ++steps);
  }

  private Receipt receipt(boolean isDryRun, long recomputed) throws IOException {
    return new Receipt(
        run.id(),
        run.started(),
        isDryRun,
        ids.users().size(),
        ids.visitors().size(),
        options.keepsVersions(),
        List.copyOf(erased.values()),
        erased.values().stream().mapToLong(Line::rows).sum(),
        erased.values().stream().mapToLong(Line::bytes).sum(),
        trashRevisions,
        deadRuns,
        recomputed,
        SearchedTables.unknown(warehouse.datasets(), run.configuration()));
  }
}
