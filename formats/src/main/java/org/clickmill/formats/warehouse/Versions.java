package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * What is known of a partition over time: what is published, and what it replaced, as long as that
 * lies in the trash ({@code clickmill.trash.keep-hours}). A renewal that left the rows as they were
 * replaced a manifest only, and so has no revision in the trash.
 */
public final class Versions {
  private static final Pattern REVISION = Pattern.compile("r\\d{1,9}");

  private Versions() {}

  /**
   * A revision of a partition.
   *
   * @param isPublished whether it is what there is now; else it lies in the trash
   */
  public record Version(Manifest manifest, Path folder, boolean isPublished) {}

  /** The revisions of a partition, the newest first. */
  public static List<Version> of(Warehouse warehouse, Partition partition) throws IOException {
    var versions = new ArrayList<Version>();
    warehouse
        .manifest(partition)
        .ifPresent(
            manifest -> versions.add(new Version(manifest, warehouse.pathOf(partition), true)));
    var trash = warehouse.layout().trash(partition);
    for (var status : warehouse.disk().list(trash)) {
      var folder = new Path(trash, status.getPath().getName());
      if (REVISION.matcher(folder.getName()).matches()) {
        replaced(warehouse, folder).ifPresent(versions::add);
      }
    }
    versions.sort(
        Comparator.comparingInt((Version version) -> version.manifest().revision()).reversed());
    return versions;
  }

  /** All revisions of a dataset's partitions that lie in the trash. */
  public static List<Version> replaced(Warehouse warehouse, String dataset) throws IOException {
    var revisions = new ArrayList<Path>();
    var trash = warehouse.layout().trash(dataset);
    for (var partition : warehouse.disk().list(trash)) {
      for (var status : warehouse.disk().list(partition.getPath())) {
        if (REVISION.matcher(status.getPath().getName()).matches()) {
          revisions.add(
              new Path(new Path(trash, partition.getPath().getName()), status.getPath().getName()));
        }
      }
    }
    return Parallel.map(revisions, warehouse.threads(), folder -> replaced(warehouse, folder))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * The newest revision in the trash of a partition whose manifest is as it is wanted; newer ones
   * are read before, not all.
   */
  public static Optional<Version> newestReplaced(
      Warehouse warehouse, Partition partition, Predicate<Manifest> wanted) throws IOException {
    var trash = warehouse.layout().trash(partition);
    var revisions =
        Arrays.stream(warehouse.disk().list(trash))
            .map(status -> status.getPath().getName())
            .filter(REVISION.asMatchPredicate())
            .sorted(Comparator.comparingInt(Versions::revision).reversed())
            .toList();
    for (var name : revisions) {
      var found = replaced(warehouse, new Path(trash, name));
      if (found.isPresent() && wanted.test(found.get().manifest())) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static int revision(String name) {
    return Integer.parseInt(name.substring(1));
  }

  private static Optional<Version> replaced(Warehouse warehouse, Path folder) throws IOException {
    return Json.manifest(warehouse.fileSystem(), new Path(folder, Manifest.FILE_NAME))
        .map(manifest -> new Version(manifest, folder, false));
  }
}
