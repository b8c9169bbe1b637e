package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.UserGroupInformation;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.metastore.MetastoreSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the partitions that one run has staged. Safe for use by several threads, on different
 * partitions.
 */
public final class Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  private final Warehouse warehouse;
  private final Disk disk;
  private final String runId;
  private final String user;
  private final String suiteVersion;
  private final InputCheck inputs;
  private final DatasetFolders folders;

  public Publisher(Warehouse warehouse, String runId) throws IOException {
    this.warehouse = warehouse;
    this.disk = warehouse.disk();
    this.runId = runId;
    this.user = UserGroupInformation.getCurrentUser().getShortUserName();
    this.suiteVersion = SuiteVersion.text();
    this.inputs = new InputCheck(warehouse);
    this.folders =
        new DatasetFolders(
            disk, warehouse.layout(), warehouse.configuration(), warehouse.stagingOf(runId));
  }

  /** A partition that is complete in its staging folder, with its manifest. */
  private record Prepared(Manifest manifest, Path folder, boolean renews) {
    Partition partition() {
      return manifest.where();
    }
  }

  /**
   * What became of the commit of a partition.
   *
   * @param failure why there is none, or null
   */
  private record Commit(Prepared prepared, PendingCommit pending, ClickmillException failure) {}

  /**
   * Publishes partitions together: each step is taken for all before the next. One that is an input
   * of another is committed before that other. When a commit fails, those that have to wait for it
   * are not published and others may be; running again publishes the rest.
   */
  public List<Publication> publishAll(List<StagedPartition> partitions) throws IOException {
    return publishAll(partitions, true);
  }

  /**
   * Publishes, as {@link #publishAll}, what was not computed from its inputs but is what was
   * published before with fewer rows, or without any: so it matters no more what its inputs are
   * now.
   */
  public List<Publication> rewriteAll(List<StagedPartition> partitions) throws IOException {
    return publishAll(partitions, false);
  }

  private List<Publication> publishAll(List<StagedPartition> partitions, boolean checksInputs)
      throws IOException {
    var note = noteToRegister(partitions);
    try {
      return publishWaves(PublishOrder.waves(partitions), checksInputs);
    } finally {
      if (note != null) {
        warehouse.registrations().end(note);
      }
    }
  }

  /**
   * Notes what a metastore has to be told of. Where that fails, publishing is what matters.
   *
   * @return the note, or null where there is no metastore or nothing can be noted
   */
  private Path noteToRegister(List<StagedPartition> partitions) {
    if (partitions.isEmpty() || !MetastoreSettings.isSet(warehouse.configuration())) {
      return null;
    }
    try {
      return warehouse
          .registrations()
          .begin(partitions.stream().map(StagedPartition::partition).toList());
    } catch (IOException e) {
      LOG.warn(
          "Cannot note in {} which partitions are to be registered in the metastore: {} (give user"
              + " and group the right to write there, and run 'clickmill catalog sync')",
          warehouse.layout().registrations(),
          RollForward.firstLine(e));
      return null;
    }
  }

  /**
   * Publishes a partition. If rows and logic are those of the published one, its files stay and
   * only the manifest changes.
   *
   * @throws ClickmillException of kind held if the published partition or an input is not what the
   *     run began with, or another run commits first
   */
  public Publication publish(StagedPartition staged) throws IOException {
    return publishAll(List.of(staged)).get(0);
  }

  /** Folders are synced once for all, however long a chain of inputs the partitions are. */
  private List<Publication> publishWaves(List<List<StagedPartition>> waves, boolean checksInputs)
      throws IOException {
    var all = waves.stream().flatMap(List::stream).toList();
    if (checksInputs) {
      inputs.requireThoseOfOthers(all);
    }
    var prepared = Parallel.map(all, warehouse.threads(), this::prepare);
    if (checksInputs) {
      inputs.requireOwn(prepared.stream().map(Prepared::manifest).toList());
    }
    syncStaged(prepared);
    var commits = commit(waves, prepared);
    var pending = commits.stream().map(Commit::pending).filter(Objects::nonNull).toList();
    var carriedOut = warehouse.intents().carryOut(pending, warehouse.threads());
    var movedHere = new HashSet<PendingCommit>();
    for (var result : carriedOut) {
      if (result.stuck() != null) {
        throw ClickmillException.failed("%s", result.stuck().message());
      }
      if (result.isMovedHere()) {
        movedHere.add(result.commit());
      }
    }
    var published =
        Parallel.map(
            commits,
            warehouse.threads(),
            commit -> finish(commit, movedHere.contains(commit.pending())));
    if (published.size() < all.size()) {
      throw ClickmillException.held(
          "Cannot publish %s: what it is made from was replaced by another run (run again)",
          all.get(published.size()).partition());
    }
    return published;
  }

  /** Commits one wave after the other, until one fails that later waves are made from. */
  private List<Commit> commit(List<List<StagedPartition>> waves, List<Prepared> prepared)
      throws IOException {
    var inputsOfOthers =
        prepared.stream()
            .flatMap(user -> user.manifest().inputs().stream())
            .map(Manifest.Input::where)
            .collect(Collectors.toSet());
    var commits = new ArrayList<Commit>();
    for (var wave : waves) {
      var next = prepared.subList(commits.size(), commits.size() + wave.size());
      var ofWave = Parallel.map(next, warehouse.threads(), this::commit);
      commits.addAll(ofWave);
      boolean isLast = commits.size() == prepared.size();
      if (!isLast && !areCertain(ofWave, inputsOfOthers)) {
        break;
      }
    }
    return commits;
  }

  /** Whether what others are made from is as good as published. */
  private boolean areCertain(List<Commit> wave, Set<Partition> inputsOfOthers) throws IOException {
    var awaited =
        wave.stream()
            .filter(commit -> inputsOfOthers.contains(commit.prepared().partition()))
            .toList();
    return awaited.stream().allMatch(commit -> commit.failure() == null)
        && warehouse.intents().areCertain(awaited.stream().map(Commit::pending).toList());
  }

  private Prepared prepare(StagedPartition staged) throws IOException {
    var partition = staged.partition();
    var base = base(staged);
    if (base != null && base.hasExpired()) {
      throw ClickmillException.usage(
          "Cannot publish %s: it has expired, %d days after its day. To have it again, delete the"
              + " folder %s first, or where that is gone, its line in the file of %s",
          partition,
          base.expired().days(),
          warehouse.pathOf(partition),
          warehouse.layout().expired(partition.dataset()));
    }
    warehouse.moveCheck().require(partition, base != null && !user.equals(base.user()));
    folders.make(partition.dataset(), staged.sensitivity());
    boolean renews = isUnchanged(staged, base);
    if (!renews) {
      requireFiles(staged);
    }
    var prepared =
        new Prepared(manifest(staged, base, renews), warehouse.stagingOf(runId, partition), renews);
    if (!renews) {
      disk.write(new Path(prepared.folder(), Manifest.SUCCESS_FILE_NAME), new byte[0]);
      for (var file : staged.files()) {
        disk.syncFile(new Path(prepared.folder(), file.name()));
      }
    }
    disk.write(new Path(prepared.folder(), Manifest.FILE_NAME), Json.write(prepared.manifest()));
    folders.applyInherited(partition, prepared.folder(), names(prepared));
    return prepared;
  }

  /** The files that are to be moved. */
  private static List<String> names(Prepared prepared) {
    var names = new ArrayList<>(List.of(Manifest.FILE_NAME));
    if (!prepared.renews()) {
      names.add(Manifest.SUCCESS_FILE_NAME);
      prepared.manifest().files().forEach(file -> names.add(file.name()));
    }
    return names;
  }

  /**
   * What is published of the partition, if that is what the run began with. A look is enough: who
   * publishes in the meantime, or has done so just before, is met when the intent is created or
   * carried out.
   *
   * @return null if nothing is
   */
  private Manifest base(StagedPartition staged) throws IOException {
    if (staged.baseRevision() == 0) {
      return null;
    }
    var partition = staged.partition();
    var seen = Json.manifest(disk.fileSystem(), warehouse.layout().manifest(partition));
    if (seen.isPresent() && seen.get().revision() == staged.baseRevision()) {
      return seen.get();
    }
    var base = warehouse.committed(partition).orElse(null);
    if ((base == null ? 0 : base.revision()) != staged.baseRevision()) {
      throw lostTo(partition, base);
    }
    return base;
  }

  private void syncStaged(List<Prepared> wave) throws IOException {
    disk.syncFolderAndParents(wave.stream().map(Prepared::folder).toList(), warehouse.root());
  }

  private Publication finish(Commit commit, boolean isMovedHere) throws IOException {
    if (commit.failure() != null) {
      throw commit.failure();
    }
    var prepared = commit.prepared();
    var partition = prepared.partition();
    if (!isMovedHere && disk.fileSystem().exists(new Path(prepared.folder(), Manifest.FILE_NAME))) {
      throw lostTo(partition, warehouse.manifest(partition).orElse(null));
    }
    warehouse.noteCarriedOut(partition);
    if (prepared.renews()) {
      disk.delete(prepared.folder());
    }
    var outcome = prepared.renews() ? Publication.Outcome.RENEWED : Publication.Outcome.PUBLISHED;
    warehouse.listener().published(prepared.manifest(), outcome);
    return new Publication(partition, outcome, prepared.manifest().version());
  }

  private static boolean isUnchanged(StagedPartition staged, Manifest base) {
    return base != null
        && staged.files().isEmpty() == base.files().isEmpty()
        && staged.fingerprint().equals(base.fingerprint())
        && staged.logicVersion() == base.logicVersion();
  }

  private static ClickmillException lostTo(Partition partition, Manifest winner) {
    return winner == null
        ? ClickmillException.held(
            "Cannot publish %s: it was removed since this run began (run again)", partition)
        : lostTo(partition, winner.runId(), winner.user(), winner.revision());
  }

  private static ClickmillException lostTo(
      Partition partition, String winner, String user, int revision) {
    return ClickmillException.held(
        "Cannot publish %s: run %s of user %s published it first, as revision %d (run again)",
        partition, winner, user, revision);
  }

  /** What is published is exactly what the manifest says. */
  private void requireFiles(StagedPartition staged) throws IOException {
    var folder = warehouse.stagingOf(runId, staged.partition());
    var lengths = new HashMap<String, Long>();
    for (var status : disk.list(folder)) {
      var name = status.getPath().getName();
      if (!name.startsWith(".")
          && !name.equals(Manifest.FILE_NAME)
          && !name.equals(Manifest.SUCCESS_FILE_NAME)) {
        lengths.put(name, status.isDirectory() ? -1 : status.getLen());
      }
    }
    for (var file : staged.files()) {
      var length = lengths.remove(file.name());
      if (length == null || length != file.bytes()) {
        throw ClickmillException.failed(
            "Cannot publish %s: %s should have %d bytes and %s",
            staged.partition(),
            new Path(folder, file.name()),
            file.bytes(),
            length == null ? "is missing" : "has " + length);
      }
    }
    if (!lengths.isEmpty()) {
      throw ClickmillException.failed(
          "Cannot publish %s: unexpected files in %s: %s",
          staged.partition(), folder, lengths.keySet().stream().sorted().toList());
    }
  }

  private Manifest manifest(StagedPartition staged, Manifest base, boolean renew)
      throws IOException {
    int baseRevision =
        base == null ? warehouse.intents().newestInTrash(staged.partition()) : base.revision();
    return new Manifest(
        Manifest.FORMAT_VERSION,
        staged.partition().dataset(),
        staged.partition().path(),
        staged.versionOver(base),
        baseRevision + 1,
        renew ? base.files() : staged.files(),
        staged.inputs(),
        staged.analysis(),
        staged.logicVersion(),
        staged.settings(),
        staged.counts(),
        staged.fingerprint(),
        staged.sources(),
        runId,
        user,
        suiteVersion,
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        staged.expired(),
        staged.accepted());
  }

  private Commit commit(Prepared prepared) throws IOException {
    var manifest = prepared.manifest();
    var partition = manifest.where();
    var intent =
        new Intent(
            Manifest.FORMAT_VERSION,
            prepared.renews() ? Intent.Kind.RENEW : Intent.Kind.REPLACE,
            manifest.dataset(),
            manifest.partition(),
            manifest.revision(),
            Layout.staged(runId, partition),
            runId,
            user,
            manifest.createdAt());
    if (warehouse.intents().create(intent)) {
      return new Commit(prepared, PendingCommit.of(warehouse.layout(), intent), null);
    }
    return new Commit(prepared, null, lostTo(partition, manifest.revision()));
  }

  /** Another run has committed the revision; its commit is carried out if that is not done yet. */
  private ClickmillException lostTo(Partition partition, int revision) throws IOException {
    var winner = warehouse.intents().read(partition, revision);
    if (winner.isEmpty() || winner.get().intent() == null) {
      return lostTo(partition, warehouse.committed(partition).orElse(null));
    }
    var intent = winner.get().intent();
    var stuck = warehouse.intents().carryOut(List.of(winner.get()));
    return stuck.isEmpty()
        ? lostTo(partition, intent.runId(), intent.user(), intent.revision())
        : ClickmillException.failed("%s", stuck.get(0).message());
  }
}
