package org.clickmill.formats.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import org.clickmill.formats.failure.ClickmillException;

/**
 * The place of a warehouse, whether or not there is one yet, looked at before anything is entrusted
 * to it. What is tried there is tried in a {@link Scratch} folder, and nothing else is changed.
 */
public final class WarehouseSite {
  private final Warehouse warehouse;
  private final Path nearest;

  private WarehouseSite(Warehouse warehouse, Path nearest) {
    this.warehouse = warehouse;
    this.nearest = nearest;
  }

  /**
   * Looks for a place.
   *
   * @throws ClickmillException of kind usage if there is no such file system, or something else
   *     than a folder is there
   */
  public static WarehouseSite of(Path root, Configuration configuration) throws IOException {
    var warehouse = Warehouse.of(root, configuration);
    var fs = warehouse.fileSystem();
    for (var path = warehouse.root(); path != null; path = path.getParent()) {
      try {
        if (!fs.getFileStatus(path).isDirectory()) {
          throw ClickmillException.usage("Invalid warehouse: %s is not a folder", path);
        }
        return new WarehouseSite(warehouse, path);
      } catch (FileNotFoundException e) {
        // The folder above it, then.
      }
    }
    throw new FileNotFoundException("No folder above " + warehouse.root());
  }

  public FileSystem fileSystem() {
    return warehouse.fileSystem();
  }

  /** The root folder, as a qualified path. */
  public Path root() {
    return warehouse.root();
  }

  /** The root, or the nearest folder above it that exists. */
  public Path nearest() {
    return nearest;
  }

  /** The warehouse, if there is one. */
  public Optional<Warehouse> warehouse() {
    return nearest.equals(root()) ? Optional.of(warehouse) : Optional.empty();
  }

  /** The folders that commits move between and that exist: the nearest, and those just below. */
  public List<Path> folders() throws IOException {
    var folders = new ArrayList<>(List.of(nearest));
    if (nearest.equals(root())) {
      for (var status : warehouse.disk().list(root())) {
        if (status.isDirectory()) {
          folders.add(status.getPath());
        }
      }
    }
    return folders;
  }

  /**
   * Where each of {@link #folders} is, of what a rename cannot leave: an encryption zone of HDFS or
   * a local disk, in words such as "in no encryption zone".
   */
  public SortedMap<Path, String> regions() throws IOException {
    var regions = new TreeMap<Path, String>();
    for (var folder : folders()) {
      regions.put(folder, MoveCheck.region(fileSystem(), folder));
    }
    return regions;
  }

  /**
   * Looks whether the user may write to each of {@link #folders}.
   *
   * @return what the file system says of those that the user may not write to
   */
  public List<String> refusals() throws IOException {
    var refusals = new ArrayList<String>();
    for (var folder : folders()) {
      try {
        fileSystem().access(folder, FsAction.WRITE_EXECUTE);
      } catch (AccessControlException e) {
        refusals.add(RollForward.firstLine(e));
      }
    }
    return refusals;
  }

  /**
   * Creates a folder for trials: among what runs have staged, or beside the place of a warehouse
   * that is not there yet.
   */
  public Scratch scratch() throws IOException {
    var name = "doctor-" + UUID.randomUUID();
    var folder =
        nearest.equals(root())
            ? warehouse.stagingOf(name)
            : new Path(nearest, ".clickmill-" + name);
    warehouse.disk().makeFolder(folder);
    return new Scratch(warehouse.disk(), folder);
  }

  /**
   * Tries out what commits rely on: no file is created and nothing renamed over what exists, also
   * by several at once, folders move as a whole, and what was closed is seen.
   *
   * @throws ClickmillException if the file system fails
   */
  public void tryOut(Scratch scratch) throws IOException {
    new FileSystemProbe(warehouse.disk(), root()).check(new Path(scratch.folder(), "probe"));
  }

  /** A folder for trials, which is deleted with all that is in it. */
  public static final class Scratch implements AutoCloseable {
    private final Disk disk;
    private final Path folder;

    private Scratch(Disk disk, Path folder) {
      this.disk = disk;
      this.folder = folder;
    }

    public Path folder() {
      return folder;
    }

    @Override
    public void close() throws IOException {
      // Clients of file systems do nothing in a thread that is interrupted.
      boolean wasInterrupted = Thread.interrupted();
      try {
        disk.delete(folder);
      } finally {
        if (wasInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
