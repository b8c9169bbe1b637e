package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/**
 * What is left of partitions that have expired: their manifests, those of a dataset in one file, so
 * that however long a warehouse is kept, they are not as many files and folders as there were
 * partitions.
 *
 * <p>A file is never changed: one with the next number, and all that is known then, takes its
 * place. A partition's own folder goes after its manifest is in such a file; so whoever looks for
 * the folder first, and for the file then, finds one of the two.
 */
final class ExpiredManifests {
  private static final Pattern NAME = Pattern.compile("\\d{10}\\.json");
  private static final int ATTEMPTS = 100;

  private final Disk disk;
  private final Layout layout;
  private final Map<String, Content> read = new ConcurrentHashMap<>();

  /**
   * A file and what it holds.
   *
   * @param file null if there is none yet
   */
  private record Content(Path file, SortedMap<Partition, Manifest> manifests) {
    static final Content NONE = new Content(null, Collections.emptySortedMap());

    /** With more, which are as they are in their folders. */
    SortedMap<Partition, Manifest> with(Collection<Manifest> more) {
      var all = new TreeMap<>(manifests);
      more.forEach(manifest -> all.put(manifest.where(), manifest.withoutInputs()));
      return all;
    }

    long nextNumber() {
      return file == null ? 1 : Long.parseLong(file.getName().substring(0, 10)) + 1;
    }
  }

  ExpiredManifests(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  /** The manifests of a dataset that were merged, by partition. */
  SortedMap<Partition, Manifest> of(String dataset) throws IOException {
    return content(dataset).manifests();
  }

  Optional<Manifest> find(Partition partition) throws IOException {
    return Optional.ofNullable(of(partition.dataset()).get(partition));
  }

  /**
   * Adds manifests. When this returns, they are on the disk, and their folders may go.
   *
   * @param workshop a folder of the caller's own
   */
  void add(Path workshop, String dataset, Collection<Manifest> more) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var content = content(dataset);
      var all = content.with(more);
      if (all.equals(content.manifests()) || create(workshop, dataset, content, all)) {
        disk.syncFolderAndParents(List.of(layout.expired(dataset)), layout.root());
        deleteOld(dataset);
        return;
      }
    }
    throw ClickmillException.held(
        "Cannot write to %s: others keep writing there", layout.expired(dataset));
  }

  /**
   * Puts a file in the place of one.
   *
   * @return false if that was not the newest any more; a number is free again when newer files have
   *     taken its place
   */
  private boolean create(
      Path workshop, String dataset, Content content, SortedMap<Partition, Manifest> all)
      throws IOException {
    var file = file(dataset, content.nextNumber());
    if (!disk.createWhole(workshop, file, Json.writeLines(all.values()), Sensitivity.OPEN)) {
      return false;
    }
    var files = files(dataset);
    return files.get(files.size() - 1).equals(file);
  }

  private void deleteOld(String dataset) throws IOException {
    var files = files(dataset);
    for (var old : files.subList(0, Math.max(0, files.size() - 1))) {
      disk.delete(old);
    }
  }

  private Content content(String dataset) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var files = files(dataset);
      if (files.isEmpty()) {
        return Content.NONE;
      }
      var newest = files.get(files.size() - 1);
      var known = read.get(dataset);
      if (known != null && known.file().equals(newest)) {
        return known;
      }
      // Else a newer one has taken its place since.
      var found = Json.manifests(disk.fileSystem(), newest);
      if (found.isPresent()) {
        var content = new Content(newest, Collections.unmodifiableSortedMap(found.get()));
        read.put(dataset, content);
        return content;
      }
    }
    throw ClickmillException.held(
        "Cannot read %s: others keep writing there", layout.expired(dataset));
  }

  /** In order. */
  private List<Path> files(String dataset) throws IOException {
    var folder = layout.expired(dataset);
    return Arrays.stream(disk.list(folder))
        .map(status -> status.getPath().getName())
        .filter(NAME.asMatchPredicate())
        .sorted()
        .map(name -> new Path(folder, name))
        .toList();
  }

  private Path file(String dataset, long number) {
    return new Path(layout.expired(dataset), String.format(Locale.ROOT, "%010d.json", number));
  }
}
