package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions a metastore has still to be told of. A publisher notes its partitions in a file
 * of {@code _registrations} <em>before</em> it commits them, and the file goes when they are
 * registered; so however a run ends, the next one knows what it has published.
 *
 * <p>The file of a publisher that is at work ends in {@code .open}. Others may register what it
 * names, but leave the file, since the publisher may commit after they have looked; only when it is
 * so old that its publisher must be dead it goes as well.
 */
public final class Registrations {
  private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);
  private static final String OPEN = ".open";
  private static final String CLOSED = ".json";

  /** The commits of one publisher take seconds. */
  private static final Duration LONGEST_COMMIT = Duration.ofHours(1);

  private final Disk disk;
  private final Path folder;

  Registrations(Disk disk, Layout layout) {
    this.disk = disk;
    this.folder = layout.registrations();
  }

  /** What a file holds; the instant as ISO 8601 writes it. */
  record Content(int formatVersion, String since, List<String> partitions) {}

  /**
   * Partitions that are not registered yet, or not as they are now.
   *
   * @param file where they are noted
   * @param since when the oldest of them was noted
   */
  public record Pending(Path file, Instant since, List<Partition> partitions) {
    public Pending {
      partitions = List.copyOf(partitions);
    }

    /** Whether the publisher has ended, or is so late that it must be dead. */
    public boolean isOver() {
      return !isOpen(file) || since.isBefore(Instant.now().minus(LONGEST_COMMIT));
    }
  }

  /**
   * What is noted.
   *
   * @param pending what has still to be registered, the oldest first
   * @param damaged the files that do not tell, each with what is wrong
   */
  public record Notes(List<Pending> pending, Map<Path, String> damaged) {
    public Notes {
      pending = List.copyOf(pending);
      damaged = Map.copyOf(damaged);
    }
  }

  /** Notes partitions that are about to be published. */
  Path begin(Collection<Partition> partitions) throws IOException {
    return write(Instant.now(), partitions, OPEN);
  }

  /**
   * Says that the publisher has ended, whether or not it has published everything. A file that
   * cannot be renamed is as good as one whose publisher has died.
   */
  void end(Path open) {
    var name = open.getName();
    var closed = name.substring(0, name.length() - OPEN.length()) + CLOSED;
    try {
      if (!disk.move(open, new Path(folder, closed))) {
        LOG.warn("Cannot rename {} to {}", open, closed);
      }
    } catch (IOException e) {
      LOG.warn("Cannot rename {} to {}: {}", open, closed, e.toString());
    }
  }

  private Path write(Instant since, Collection<Partition> partitions, String suffix)
      throws IOException {
    var file = new Path(folder, UUID.randomUUID() + suffix);
    var names = partitions.stream().map(Partition::toString).toList();
    var time = since.truncatedTo(ChronoUnit.SECONDS).toString();
    var content = Json.write(new Content(Manifest.FORMAT_VERSION, time, names));
    if (!disk.createWhole(folder, file, content, Sensitivity.OPEN)) {
      throw new IOException("Cannot create file: " + file);
    }
    disk.syncFolderAndParents(List.of(folder), folder.getParent());
    return file;
  }

  /**
   * What has still to be registered, the oldest first.
   *
   * @throws ClickmillException if a file is damaged, or of a newer suite
   */
  public List<Pending> pending() throws IOException {
    var notes = notes();
    if (!notes.damaged().isEmpty()) {
      throw ClickmillException.failed(
          "%s (run 'clickmill catalog sync': it registers everything and deletes the file)",
          notes.damaged().values().iterator().next());
    }
    return notes.pending();
  }

  /**
   * As {@link #pending()}, for those who register everything, whether or not it is noted.
   *
   * @throws ClickmillException if a file is of a newer suite
   */
  public Notes notes() throws IOException {
    var pending = new ArrayList<Pending>();
    var damaged = new TreeMap<Path, String>();
    for (var status : disk.list(folder)) {
      var file = status.getPath();
      if (!isOpen(file) && !file.getName().endsWith(CLOSED)) {
        continue;
      }
      try {
        Json.registrations(disk.fileSystem(), file)
            .ifPresent(content -> pending.add(pending(file, content)));
      } catch (ClickmillException e) {
        if (Json.isNewer(disk.fileSystem(), file)) {
          throw e;
        }
        damaged.put(file, e.getMessage());
      }
    }
    pending.sort(Comparator.comparing(Pending::since));
    return new Notes(pending, damaged);
  }

  private static boolean isOpen(Path file) {
    return file.getName().endsWith(OPEN);
  }

  private static Pending pending(Path file, Content content) {
    Instant since;
    try {
      since = Instant.parse(content.since());
    } catch (DateTimeException e) {
      throw Json.damaged(file, "registrations", "it has no time", e);
    }
    return new Pending(
        file, since, content.partitions().stream().map(Registrations::partition).toList());
  }

  private static Partition partition(String name) {
    int slash = name.indexOf('/');
    return new Partition(name.substring(0, slash), name.substring(slash + 1));
  }

  /**
   * Forgets what is registered. What is not goes into one file, so that their number stays small
   * however long a metastore is away.
   *
   * @param pending what was tried, as {@link #pending()} returned it
   * @param left the partitions among them that could not be registered
   */
  public void settle(List<Pending> pending, Collection<Partition> left) throws IOException {
    var ended = pending.stream().filter(Pending::isOver).toList();
    if (ended.isEmpty() || ended.size() == 1 && left.containsAll(ended.get(0).partitions())) {
      return;
    }
    if (!left.isEmpty()) {
      write(ended.get(0).since(), left, CLOSED);
    }
    for (var file : ended) {
      disk.delete(file.file());
    }
  }

  /**
   * Forgets files that do not tell what is to be registered; to be called when everything is.
   *
   * @param damaged as {@link #notes()} returned them
   */
  public void forget(Collection<Path> damaged) throws IOException {
    for (var file : damaged) {
      disk.delete(file);
    }
  }
}
