package org.clickmill.formats.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/**
 * A root folder with datasets of partitions below. Reading finishes what a run has committed and
 * not carried out, so its caller may have to have the right to write.
 *
 * <p>Safe for use by several threads.
 */
public final class Warehouse {
  private static final int ATTEMPTS = 1000;

  private final Disk disk;
  private final Layout layout;
  private final Configuration configuration;
  private final Intents intents;
  private final ExpiredManifests expired;
  private final MoveCheck moveCheck;
  private final int threads;
  private final SortedMap<Partition, StuckCommit> stuck;
  private final PublicationListener listener;

  private Warehouse(FileSystem fs, Path root, Configuration configuration) {
    this.disk = new Disk(fs, WarehouseSettings.SYNC.get(configuration));
    this.layout = new Layout(root);
    this.configuration = configuration;
    this.expired = new ExpiredManifests(disk, layout);
    this.intents = new Intents(disk, layout, expired);
    this.moveCheck = new MoveCheck(disk, layout);
    int configured = WarehouseSettings.THREADS.get(configuration);
    this.threads = configured > 0 ? configured : fs instanceof AtomicLocalFileSystem ? 4 : 16;
    this.stuck = new ConcurrentSkipListMap<>();
    this.listener = PublicationListener.NONE;
  }

  private Warehouse(Warehouse same, PublicationListener listener) {
    this.disk = same.disk;
    this.layout = same.layout;
    this.configuration = same.configuration;
    this.intents = same.intents;
    this.expired = same.expired;
    this.moveCheck = same.moveCheck;
    this.threads = same.threads;
    this.stuck = same.stuck;
    this.listener = listener;
  }

  /** The same warehouse, which tells a listener of what is published through it. */
  public Warehouse telling(PublicationListener other) {
    return new Warehouse(this, other);
  }

  /**
   * Opens a warehouse that exists.
   *
   * @throws ClickmillException of kind usage if it does not, or if its file system cannot hold one
   */
  public static Warehouse open(Path root, Configuration configuration) throws IOException {
    var warehouse = of(root, configuration);
    FileStatus status;
    try {
      status = warehouse.fileSystem().getFileStatus(warehouse.root());
    } catch (FileNotFoundException e) {
      throw ClickmillException.usage(
          "Missing warehouse: %s (import or load creates one)", warehouse.root(), e);
    }
    if (!status.isDirectory()) {
      throw ClickmillException.usage("Invalid warehouse: %s is not a folder", warehouse.root());
    }
    warehouse.probe();
    return warehouse;
  }

  /**
   * Opens a warehouse, and creates its root folder if there is none.
   *
   * @throws ClickmillException of kind usage if something else is in its place, or if its file
   *     system cannot hold a warehouse
   */
  public static Warehouse openOrCreate(Path root, Configuration configuration) throws IOException {
    var warehouse = of(root, configuration);
    try {
      warehouse.disk.makeFolder(warehouse.root());
    } catch (FileAlreadyExistsException | ParentNotDirectoryException e) {
      throw ClickmillException.usage("Invalid warehouse: %s is not a folder", warehouse.root(), e);
    }
    warehouse.probe();
    return warehouse;
  }

  /** A warehouse that need not exist. */
  static Warehouse of(Path root, Configuration configuration) throws IOException {
    var place = WarehousePlace.find(root, configuration);
    return over(place.fileSystem(), place.root(), configuration);
  }

  /** A warehouse on a given file system, which is trusted to be atomic. */
  static Warehouse over(FileSystem fs, Path root, Configuration configuration) {
    // As text, in which a slash at the end is lost.
    var qualified = new Path(fs.makeQualified(root).toString());
    return new Warehouse(fs, qualified, configuration);
  }

  private void probe() throws IOException {
    var scheme = fileSystem().getUri().getScheme();
    if (!scheme.equals("file") && !scheme.equals("hdfs")) {
      new FileSystemProbe(disk, root()).check();
    }
  }

  public FileSystem fileSystem() {
    return disk.fileSystem();
  }

  public Configuration configuration() {
    return configuration;
  }

  /** The root folder, as a qualified path. */
  public Path root() {
    return layout.root();
  }

  /** Where a partition lies once it is published. */
  public Path pathOf(Partition partition) {
    return layout.published(partition);
  }

  /** Where a run may write what it likes. */
  public Path stagingOf(String runId) {
    return layout.staging(runId);
  }

  /** Where a run puts the files of a partition before it publishes them. */
  public Path stagingOf(String runId, Partition partition) {
    return partition.below(stagingOf(runId));
  }

  /** Where the loader keeps its commits, and the files that are not in an hour yet. */
  public Path loaderFolder() {
    return layout.loader();
  }

  /** The datasets that have a folder, in order. */
  public List<String> datasets() throws IOException {
    return Arrays.stream(disk.list(root()))
        .filter(FileStatus::isDirectory)
        .map(status -> status.getPath().getName())
        .filter(Warehouse::isVisible)
        .sorted()
        .toList();
  }

  /**
   * The days that a dataset has a folder for, whether or not anything is published in it, or had
   * partitions of that have expired.
   */
  public SortedSet<LocalDate> days(String dataset) throws IOException {
    var days = new TreeSet<LocalDate>();
    for (var status : disk.list(new Path(root(), dataset))) {
      var partition = new Partition(dataset, status.getPath().getName());
      if (isBetween(partition, null, null)) {
        days.add(partition.day());
      }
    }
    expired.of(dataset).keySet().forEach(partition -> days.add(partition.day()));
    return days;
  }

  /**
   * The manifest of a partition, after a commit to it that is pending has been carried out, if it
   * can be; empty if the partition is not there. A partition that exists all the while is found,
   * whatever others publish meanwhile; and so is what is left of one that has expired.
   *
   * @throws ClickmillException if the manifest is damaged or of a newer format
   */
  public Optional<Manifest> manifest(Partition partition) throws IOException {
    return manifest(partition, false);
  }

  /**
   * As {@link #manifest(Partition)}, to publish on top of it.
   *
   * @throws ClickmillException also if a pending commit to it cannot be carried out
   */
  Optional<Manifest> committed(Partition partition) throws IOException {
    return manifest(partition, true);
  }

  private Optional<Manifest> manifest(Partition partition, boolean strict) throws IOException {
    // Absent may be the moment between the two moves of a commit. That is over when no intent is
    // found; and if it was another's moment at the next look, the trash has a newer revision since.
    int trashBefore = -1;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var manifest = Json.manifest(fileSystem(), layout.manifest(partition));
      if (manifest.isPresent()) {
        var next = intents.read(partition, manifest.get().revision() + 1);
        if (next.isEmpty() || !carryOut(List.of(next.get()), strict).isEmpty()) {
          return manifest;
        }
        continue;
      }
      int trash = intents.newestInTrash(partition);
      if (trash == trashBefore) {
        return expired.find(partition);
      }
      var pending = intents.pending(partition);
      boolean isAnyCarriedOut = carryOut(pending, strict).size() < pending.size();
      trashBefore = isAnyCarriedOut ? -1 : trash;
    }
    throw ClickmillException.held(
        "Cannot read %s: others keep publishing it", layout.published(partition));
  }

  private List<StuckCommit> carryOut(List<PendingCommit> pending, boolean strict)
      throws IOException {
    var left = intents.carryOut(pending);
    for (var commit : pending) {
      stuck.remove(commit.partition());
    }
    for (var commit : left) {
      if (strict) {
        throw ClickmillException.failed("%s", commit.message());
      }
      stuck.put(commit.partition(), commit);
    }
    return left;
  }

  /** What was in the way of a commit to a partition is not any more, since another was made. */
  void noteCarriedOut(Partition partition) {
    stuck.remove(partition);
  }

  /** Commits that were met by the readings so far and could not be carried out, by partition. */
  public List<StuckCommit> stuckCommits() {
    return List.copyOf(stuck.values());
  }

  /**
   * The manifests of a dataset's partitions, days as well as hours, by partition. Commits that are
   * pending are carried out before, where they can be. A partition that exists all the while is
   * among them, whatever others publish meanwhile; and so is what is left of those that have
   * expired.
   *
   * @param from the first day, or null for no bound
   * @param to the last day, or null for no bound
   */
  public SortedMap<Partition, Manifest> manifests(String dataset, LocalDate from, LocalDate to)
      throws IOException {
    var manifests = inFolders(dataset, from, to);
    // Last, since a folder goes when its manifest is there.
    expired
        .of(dataset)
        .forEach(
            (partition, manifest) -> {
              if (isBetween(partition, from, to)) {
                manifests.putIfAbsent(partition, manifest);
              }
            });
    return manifests;
  }

  private SortedMap<Partition, Manifest> inFolders(String dataset, LocalDate from, LocalDate to)
      throws IOException {
    carryOut(intents.pending(dataset), false);
    var days = new ArrayList<Partition>();
    for (var status : disk.list(new Path(root(), dataset))) {
      var day = new Partition(dataset, status.getPath().getName());
      if (isBetween(day, from, to)) {
        days.add(day);
      }
    }
    var manifests = new TreeMap<Partition, Manifest>();
    for (var found : Parallel.map(days, threads, this::manifestsOfDay)) {
      for (var manifest : found) {
        manifests.put(manifest.where(), manifest);
      }
    }
    // A partition that was between its two moves while the folders were listed has a folder in the
    // trash since before; so have those that were deleted by hand.
    for (var status : disk.list(layout.trash(dataset))) {
      var partition = Partition.ofFileName(dataset, status.getPath().getName());
      if (isBetween(partition, from, to) && !manifests.containsKey(partition)) {
        manifest(partition).ifPresent(found -> manifests.put(partition, found));
      }
    }
    return manifests;
  }

  /** As {@link #manifests}, but without those of partitions that have expired. */
  public SortedMap<Partition, Manifest> readable(String dataset, LocalDate from, LocalDate to)
      throws IOException {
    var manifests = manifests(dataset, from, to);
    manifests.values().removeIf(Manifest::hasExpired);
    return manifests;
  }

  private List<Manifest> manifestsOfDay(Partition day) throws IOException {
    var manifests = new ArrayList<Manifest>();
    for (var status : disk.list(pathOf(day))) {
      var name = status.getPath().getName();
      Partition partition;
      if (name.equals(Manifest.FILE_NAME)) {
        partition = day;
      } else if (status.isDirectory() && isVisible(name)) {
        partition = new Partition(day.dataset(), day.path() + "/" + name);
      } else {
        continue;
      }
      var manifest = Json.manifest(fileSystem(), layout.manifest(partition));
      (manifest.isPresent() ? manifest : manifest(partition)).ifPresent(manifests::add);
    }
    return manifests;
  }

  private static boolean isVisible(String name) {
    return !name.startsWith("_") && !name.startsWith(".");
  }

  private static boolean isBetween(Partition partition, LocalDate from, LocalDate to) {
    LocalDate day;
    try {
      day = partition.day();
    } catch (IllegalArgumentException e) {
      return false;
    }
    return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
  }

  /**
   * Carries out every commit that is pending.
   *
   * @return those that cannot be carried out
   */
  public List<StuckCommit> recover() throws IOException {
    return carryOut(intents.pending(), false);
  }

  /**
   * Writes a file whole or not at all, where there is none. What it holds is on the disk then; its
   * name is when {@link #syncFolder} says so.
   *
   * @param runId the run that writes it, in whose staging folder it is prepared
   * @return false if the file exists
   */
  public boolean createWhole(String runId, Path file, byte[] content) throws IOException {
    return createWhole(runId, file, content, Sensitivity.OPEN);
  }

  /** As {@link #createWhole(String, Path, byte[])}, a file that not everybody may read. */
  public boolean createWhole(String runId, Path file, byte[] content, Sensitivity sensitivity)
      throws IOException {
    return disk.createWhole(stagingOf(runId), file, content, sensitivity);
  }

  /** Brings to a local disk the names in a folder, and that of each folder above it. */
  public void syncFolder(Path folder) throws IOException {
    disk.syncFolderAndParents(List.of(folder), root());
  }

  /** Says that a run is alive, so that nobody purges what it has staged; for the run itself. */
  public void keepStaging(String runId) throws IOException {
    try {
      fileSystem().setTimes(stagingOf(runId), System.currentTimeMillis(), -1);
    } catch (FileNotFoundException e) {
      // Nothing is staged yet.
    }
  }

  /**
   * What a run has staged.
   *
   * @param runId the run, or a step of one
   * @param touched when it showed last that it is alive; see {@link Heartbeat}
   */
  public record StagedRun(String runId, Instant touched) {}

  /** The runs that have staged something: those at work, and those that died. */
  public List<StagedRun> stagedRuns() throws IOException {
    return Arrays.stream(disk.list(layout.allStaging()))
        .map(
            status ->
                new StagedRun(
                    status.getPath().getName(), Instant.ofEpochMilli(status.getModificationTime())))
        .toList();
  }

  /** Deletes what a run has staged; for the run itself, when it ends. */
  public void discardStaging(String runId) throws IOException {
    disk.delete(stagingOf(runId));
  }

  /**
   * Deletes what was replaced, and what runs staged that died, longer ago than {@code
   * clickmill.trash.keep-hours}. What the loader's newest commit has staged stays, and what a
   * commit that cannot be carried out has.
   */
  public void purge() throws IOException {
    var left = recover().isEmpty() ? List.<PendingCommit>of() : intents.pending();
    new Purge(disk, layout, threads)
        .olderThan(
            System.currentTimeMillis()
                - TimeUnit.HOURS.toMillis(WarehouseSettings.TRASH_KEEP_HOURS.get(configuration)),
            left);
  }

  /**
   * Deletes what was replaced of a partition longer ago than some time, and not last. For one that
   * is replaced every few seconds, whose revisions would fill the trash until {@link #purge}.
   */
  public void purgeReplaced(Partition partition, Duration age) throws IOException {
    new Purge(disk, layout, threads)
        .replaced(partition, System.currentTimeMillis() - age.toMillis());
  }

  /**
   * Brings what is left of partitions that have expired into one file of their dataset, and deletes
   * their folders; those whose rows still lie in the trash stay until {@link #purge} has deleted
   * these.
   *
   * @param runId the run that does it
   */
  public void mergeExpired(String runId) throws IOException {
    for (var dataset : datasets()) {
      var left = new ArrayList<Manifest>();
      for (var manifest : inFolders(dataset, null, null).values()) {
        if (manifest.hasExpired() && disk.list(layout.trash(manifest.where())).length == 0) {
          left.add(manifest);
        }
      }
      if (!left.isEmpty()) {
        disk.makeFolder(stagingOf(runId));
        expired.add(stagingOf(runId), dataset, left);
        Parallel.map(left, threads, manifest -> discard(runId, manifest.where()));
      }
      deleteEmptyDays(dataset);
    }
  }

  /**
   * Takes a partition away in one step, so that nothing of it is left where a run is killed; what a
   * run has staged is deleted when it ends, or purged.
   */
  private boolean discard(String runId, Partition partition) throws IOException {
    var discarded = new Path(stagingOf(runId), "discarded-" + UUID.randomUUID());
    return disk.move(pathOf(partition), discarded) && disk.delete(discarded);
  }

  /** Deletes the folders of days all of whose partitions have been merged. */
  private void deleteEmptyDays(String dataset) throws IOException {
    var days = new TreeSet<String>();
    for (var partition : expired.of(dataset).keySet()) {
      int end = partition.path().indexOf('/');
      if (end > 0) {
        days.add(partition.path().substring(0, end));
      }
    }
    if (days.isEmpty()) {
      return;
    }
    for (var status : disk.list(new Path(root(), dataset))) {
      if (days.contains(status.getPath().getName())) {
        disk.deleteIfEmpty(status.getPath());
      }
    }
  }

  /** Which partitions a metastore has still to be told of. */
  public Registrations registrations() {
    return new Registrations(disk, layout);
  }

  /** The steps that change what is outside the datasets. */
  public Disk disk() {
    return disk;
  }

  PublicationListener listener() {
    return listener;
  }

  Intents intents() {
    return intents;
  }

  Layout layout() {
    return layout;
  }

  MoveCheck moveCheck() {
    return moveCheck;
  }

  /** How many files or partitions are worked on at a time. */
  public int threads() {
    return threads;
  }
}
