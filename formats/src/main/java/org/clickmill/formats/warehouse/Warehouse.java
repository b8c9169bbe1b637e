package org.clickmill.formats.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
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
  private final int threads;

  private Warehouse(FileSystem fs, Path root, Configuration configuration) {
    this.disk = new Disk(fs);
    this.layout = new Layout(root);
    this.configuration = configuration;
    this.intents = new Intents(disk, layout);
    int configured = WarehouseSettings.THREADS.get(configuration);
    this.threads = configured > 0 ? configured : fs instanceof AtomicLocalFileSystem ? 4 : 16;
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

  private static Warehouse of(Path root, Configuration configuration) throws IOException {
    FileSystem fs;
    try {
      fs = root.getFileSystem(configuration);
    } catch (UnsupportedFileSystemException | RuntimeException e) {
      throw ClickmillException.usage(
          "Cannot use %s as a warehouse: its file system is not on the class path (%s)."
              + " Clickmill keeps warehouses on HDFS and on local disks.",
          root, e.getMessage(), e);
    }
    if (fs.getUri().getScheme().equals("file") && !(fs instanceof AtomicLocalFileSystem)) {
      // The root itself may have no scheme.
      var uri = fs.getUri();
      fs = new AtomicLocalFileSystem();
      fs.initialize(uri, configuration);
    }
    return over(fs, root, configuration);
  }

  /** A warehouse on a given file system, which is trusted to be atomic. */
  static Warehouse over(FileSystem fs, Path root, Configuration configuration) {
    return new Warehouse(fs, fs.makeQualified(root), configuration);
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

  /** The days that a dataset has a folder for, whether or not anything is published in it. */
  SortedSet<LocalDate> days(String dataset) throws IOException {
    var days = new TreeSet<LocalDate>();
    for (var status : disk.list(new Path(root(), dataset))) {
      var partition = new Partition(dataset, status.getPath().getName());
      if (isBetween(partition, null, null)) {
        days.add(partition.day());
      }
    }
    return days;
  }

  /**
   * The manifest of a partition, after a commit to it that is pending has been carried out; empty
   * if the partition is not there.
   *
   * @throws ClickmillException if the manifest is damaged or of a newer format
   */
  public Optional<Manifest> manifest(Partition partition) throws IOException {
    boolean missingBefore = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var manifest = Json.manifest(fileSystem(), layout.manifest(partition));
      if (manifest.isPresent()) {
        var next = intents.read(partition, manifest.get().revision() + 1);
        if (next.isEmpty()) {
          return manifest;
        }
        intents.rollForward(next.get());
        continue;
      }
      var pending = intents.pending(partition);
      if (pending.isEmpty()) {
        // Once may be the moment between the two moves of a commit that is by now carried out.
        if (missingBefore) {
          return Optional.empty();
        }
        missingBefore = true;
      }
      for (var intent : pending) {
        intents.rollForward(intent);
      }
    }
    throw ClickmillException.held(
        "Cannot read %s: others keep publishing it", layout.published(partition));
  }

  /**
   * The manifests of a dataset's partitions, days as well as hours, by partition.
   *
   * @param from the first day, or null for no bound
   * @param to the last day, or null for no bound
   */
  public SortedMap<Partition, Manifest> manifests(String dataset, LocalDate from, LocalDate to)
      throws IOException {
    for (var intent : intents.pending(dataset)) {
      intents.rollForward(intent);
    }
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
    // A partition may have been between its two moves while the folders were listed.
    for (var intent : intents.pending(dataset)) {
      if (isBetween(intent.where(), from, to)) {
        manifest(intent.where()).ifPresent(found -> manifests.put(found.where(), found));
      }
    }
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

  /** Carries out every commit that is pending. */
  public void recover() throws IOException {
    for (var dataset : disk.list(layout.allIntents())) {
      for (var intent : intents.pending(dataset.getPath().getName())) {
        intents.rollForward(intent);
      }
    }
  }

  /**
   * Writes a file whole or not at all, where there is none.
   *
   * @param runId the run that writes it, in whose staging folder it is prepared
   * @return false if the file exists
   */
  public boolean createWhole(String runId, Path file, byte[] content) throws IOException {
    return disk.createWhole(stagingOf(runId), file, content);
  }

  /** Deletes what a run has staged; for the run itself, when it ends. */
  public void discardStaging(String runId) throws IOException {
    disk.delete(stagingOf(runId));
  }

  /**
   * Deletes what was replaced, and what runs staged that died, longer ago than {@code
   * clickmill.trash.keep-hours}. What the loader's newest commit has staged stays.
   */
  public void purge() throws IOException {
    recover();
    new Purge(disk, layout, threads)
        .olderThan(
            System.currentTimeMillis()
                - TimeUnit.HOURS.toMillis(WarehouseSettings.TRASH_KEEP_HOURS.get(configuration)));
  }

  /** The steps that change what is outside the datasets. */
  public Disk disk() {
    return disk;
  }

  Intents intents() {
    return intents;
  }

  /** How many files or partitions are worked on at a time. */
  public int threads() {
    return threads;
  }
}
