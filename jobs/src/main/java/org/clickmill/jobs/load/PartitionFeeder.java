package org.clickmill.jobs.load;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Heartbeat;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.Source;
import org.clickmill.formats.warehouse.Parallel;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.Sensitivity;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.ingest.MergeJob;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedContent;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/**
 * Publishes partitions with files of the loader's in them, once: a manifest lists the files that
 * its rows came from, and a file that it lists is not put in again.
 *
 * <p>Files are copied, not moved: several processes may do the same at once, each in a staging
 * folder of its own, and the first that publishes has done it for all.
 */
final class PartitionFeeder {
  static final String ANALYSIS = "load";

  private static final int LOGIC_VERSION = 1;
  private static final int ATTEMPTS = 20;

  private final Run run;
  private final Warehouse warehouse;
  private final CommitLog log;

  /**
   * @param run the step whose staging folder is used
   */
  PartitionFeeder(Run run, CommitLog log) {
    this.run = run;
    this.warehouse = run.warehouse();
    this.log = log;
  }

  /** The partition that a file's rows end in. */
  static Partition target(StagedFile file) {
    return file.dataset().equals(Datasets.LATE)
        ? new Partition(Datasets.EVENTS, file.path())
        : file.partition();
  }

  /** Whether a published partition has the rows of a file. */
  boolean holds(Partition partition, StagedFile file) throws IOException {
    return warehouse.manifest(partition).map(manifest -> lists(manifest, file)).orElse(false);
  }

  private static boolean lists(Manifest manifest, StagedFile file) {
    return manifest.sources().stream()
        .anyMatch(source -> source.identity().equals(file.file().name()));
  }

  /**
   * A partition to be published.
   *
   * @param base what is published of it, or null
   * @param added files whose rows it does not have yet
   */
  record Feed(Partition partition, Manifest base, List<Added> added) {
    int files() {
      return content().size() + (base == null ? 0 : base.files().size());
    }

    /** What is added, without files of which nothing is left. */
    List<StagedFile> content() {
      return added.stream().map(Added::content).filter(file -> file.file().records() > 0).toList();
    }

    long forgotten() {
      return added.stream().mapToLong(Added::forgotten).sum();
    }
  }

  /**
   * A file whose rows are added.
   *
   * @param loaded the file as it was loaded
   * @param content what is added of it: all, or what the suppression list leaves
   * @param path where that lies
   */
  record Added(StagedFile loaded, StagedFile content, Path path) {
    long forgotten() {
      return loaded.file().records() - content.file().records();
    }
  }

  /**
   * What was done.
   *
   * @param published how many partitions
   * @param forgotten events that were left out because their users or visitors are forgotten
   */
  record Fed(int published, long forgotten) {}

  /**
   * Sees to it that partitions are published and have the rows of files, which are then deleted
   * from the loader's folder.
   *
   * @param files by partition; a partition without any is published empty if it is not there
   */
  Fed feed(SortedMap<Partition, List<StagedFile>> files) throws IOException, InterruptedException {
    int published = 0;
    long forgotten = 0;
    for (int attempt = 1; ; attempt++) {
      var feeds = feeds(files);
      if (feeds.isEmpty()) {
        break;
      }
      try {
        feeds = filtered(feeds);
        published += new Publisher(warehouse, run.id()).publishAll(staged(feeds)).size();
        forgotten += feeds.stream().mapToLong(Feed::forgotten).sum();
      } catch (ClickmillException e) {
        if (e.failure() != Failure.HELD || attempt == ATTEMPTS) {
          throw e;
        }
      } catch (FileNotFoundException e) {
        // Another process has published it and deleted the file, or the file is lost.
        if (attempt == ATTEMPTS) {
          throw ClickmillException.failed(
              "Missing file of the loader: %s. Bring it back from a backup or a snapshot, and run"
                  + " load again.",
              e.getMessage(), e);
        }
      }
      warehouse.discardStaging(run.id());
    }
    var folders =
        files.values().stream()
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(file -> log.placed(file).getParent()));
    Parallel.map(List.copyOf(folders.entrySet()), warehouse.threads(), this::deletePlaced);
    for (var day : folders.keySet().stream().map(Path::getParent).collect(Collectors.toSet())) {
      warehouse.disk().deleteIfEmpty(day);
    }
    return new Fed(published, forgotten);
  }

  /** The same without the events of those who were forgotten after these were loaded. */
  private List<Feed> filtered(List<Feed> feeds) throws IOException {
    if (feeds.stream().allMatch(feed -> feed.added().isEmpty())) {
      return feeds;
    }
    var filter = ForgottenFilter.of(warehouse);
    return Parallel.map(feeds, warehouse.threads(), feed -> filtered(feed, filter));
  }

  private Feed filtered(Feed feed, ForgottenFilter filter) throws IOException {
    var left = new ArrayList<Added>();
    for (var added : feed.added()) {
      var file = added.loaded();
      if (filter.concerns(file)) {
        var folder = new Path(warehouse.stagingOf(run.id()), "_filtered/" + feed.partition());
        var content = filter.filter(file, added.path(), folder);
        boolean isWhole = content == file;
        var path = isWhole ? added.path() : new Path(folder, file.file().name());
        left.add(new Added(file, content, path));
      } else {
        left.add(added);
      }
    }
    return new Feed(feed.partition(), feed.base(), left);
  }

  private Void deletePlaced(Map.Entry<Path, List<StagedFile>> folder) throws IOException {
    for (var file : folder.getValue()) {
      warehouse.disk().delete(log.placed(file));
    }
    warehouse.disk().deleteIfEmpty(folder.getKey());
    return null;
  }

  private List<Feed> feeds(SortedMap<Partition, List<StagedFile>> files) throws IOException {
    return Parallel.map(List.copyOf(files.entrySet()), warehouse.threads(), this::feed).stream()
        .filter(feed -> feed.base() == null || !feed.added().isEmpty())
        .toList();
  }

  private Feed feed(Map.Entry<Partition, List<StagedFile>> files) throws IOException {
    var base = warehouse.manifest(files.getKey()).orElse(null);
    var added =
        files.getValue().stream()
            .filter(file -> base == null || !lists(base, file))
            .map(file -> new Added(file, file, log.placed(file)))
            .toList();
    return new Feed(files.getKey(), base, added);
  }

  private List<StagedPartition> staged(List<Feed> feeds) throws IOException, InterruptedException {
    var isLarge =
        feeds.stream()
            .collect(
                Collectors.partitioningBy(
                    feed ->
                        feed.files() > MergeJob.MOST_FILES
                            && feed.partition().dataset().equals(Datasets.EVENTS)));
    var heartbeat = new Heartbeat(warehouse, run.id());
    var copy = new CheckedCopy(warehouse.fileSystem(), Sensitivity.PERSONAL, heartbeat::beat);
    var staged =
        new ArrayList<>(
            Parallel.map(isLarge.get(false), warehouse.threads(), feed -> copied(copy, feed)));
    if (!isLarge.get(true).isEmpty()) {
      var merged = new MergeJob(run).run(isLarge.get(true).stream().map(this::hour).toList());
      for (var feed : isLarge.get(true)) {
        staged.add(staged(feed, merged.get(feed.partition())));
      }
    }
    return staged;
  }

  private MergeJob.Hour hour(Feed feed) {
    var files = new ArrayList<InputFile>();
    for (var added : feed.added()) {
      var file = added.content().file();
      if (file.records() > 0) {
        files.add(new InputFile(added.path().toString(), feed.partition(), file.bytes()));
      }
    }
    if (feed.base() != null) {
      files.addAll(InputFile.of(warehouse, feed.partition(), feed.base()));
    }
    return new MergeJob.Hour(feed.partition(), files, content(feed).fingerprint());
  }

  private StagedPartition copied(CheckedCopy copy, Feed feed) throws IOException {
    var folder = warehouse.stagingOf(run.id(), feed.partition());
    for (var added : feed.added()) {
      if (added.content().file().records() > 0) {
        copy.copy(added.path(), added.content().file(), folder);
      }
    }
    if (feed.base() != null) {
      for (var file : feed.base().files()) {
        copy.copy(new Path(warehouse.pathOf(feed.partition()), file.name()), file, folder);
      }
    }
    return staged(feed, content(feed));
  }

  /** All that a partition is to hold, in the files that hold it now. */
  private static StagedContent content(Feed feed) {
    var added = StagedContent.of(feed.content());
    return feed.base() == null ? added : added.plus(feed.base());
  }

  private static StagedPartition staged(Feed feed, StagedContent content) {
    var sources = new ArrayList<Source>();
    if (feed.base() != null) {
      sources.addAll(feed.base().sources());
    }
    for (var added : feed.added()) {
      var file = added.loaded().file();
      sources.add(new Source(file.name(), file.checksum(), null));
    }
    int baseRevision = feed.base() == null ? 0 : feed.base().revision();
    return content.madeOf(sources, feed.partition(), baseRevision, ANALYSIS, LOGIC_VERSION);
  }
}
