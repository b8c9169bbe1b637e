package org.clickmill.jobs.load;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.avro.EventKeyReader;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.table.EventRowDecoder;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;
import org.clickmill.jobs.load.Commit.LostRange;

/**
 * The events that the loader has committed, each exactly once, wherever their rows lie by now: in
 * files of open hours, in files of late events, or in an hour that was sealed or folded since.
 *
 * <p>The manifest of an hour names the files that its rows came from. Rows of a file that it names
 * are taken from the hour, by their offsets; all other files are where the loader has put them.
 * Events that {@code import} put into an hour were not committed by the loader.
 */
public final class CommittedEvents {
  /** With more commits than this, reading days whole is no more work. */
  private static final long MOST_COMMITS = 200;

  private final Warehouse warehouse;
  private final CommitLog log;
  private final Commit newest;

  /** Takes events one by one. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param id the hash of the event's event_id; null if it has none
     * @param event the event; its bytes are valid until the next one
     */
    void take(HashValue128 id, EventKey event) throws IOException;
  }

  private CommittedEvents(Warehouse warehouse, CommitLog log, Commit newest) {
    this.warehouse = warehouse;
    this.log = log;
    this.newest = newest;
  }

  /**
   * What is committed now, after the newest commit has been carried out; empty if nothing was ever
   * loaded.
   */
  public static Optional<CommittedEvents> read(Run run) throws IOException, InterruptedException {
    var log = new CommitLog(run.warehouse());
    var newest = log.last();
    if (newest.isPresent()) {
      new RollForward(run.step("load"), log).complete(newest.get());
    }
    return newest.map(commit -> new CommittedEvents(run.warehouse(), log, commit));
  }

  /** The number of the newest commit. */
  public long commit() {
    return newest.sequence();
  }

  /** Whether what was committed after some commit can be read apart from what was before. */
  public boolean canReadSince(long commit) throws IOException {
    return commit > 0
        && commit <= newest.sequence()
        && newest.sequence() - commit <= MOST_COMMITS
        && newest.keptFrom() <= commit + 1
        && isOfSameTopicsSince(commit);
  }

  /** Whether no topic was created again: offsets before and after that are other records'. */
  private boolean isOfSameTopicsSince(long commit) throws IOException {
    for (var later : commits(commit + 1, newest.sequence())) {
      if (later.lost().stream().anyMatch(LostRange::isOfTopic)) {
        return false;
      }
    }
    return true;
  }

  /** The days of the events of later commits than one that {@link #canReadSince} accepts. */
  public SortedSet<LocalDate> daysSince(long commit) throws IOException {
    var days = new TreeSet<LocalDate>();
    for (var later : commits(commit + 1, newest.sequence())) {
      events(later).forEach(file -> days.add(file.partition().day()));
    }
    return days;
  }

  /** The days that there are events of. */
  public SortedSet<LocalDate> days() throws IOException {
    var days = new TreeSet<LocalDate>();
    warehouse.manifests(Datasets.EVENTS, null, null).keySet().forEach(hour -> days.add(hour.day()));
    newest.leftOpen().forEach(file -> days.add(file.partition().day()));
    for (var path : log.lateFiles()) {
      days.add(late(path).day());
    }
    return days;
  }

  /**
   * Reads the events of a day.
   *
   * @param since only what later commits than this one brought, which {@link #canReadSince}
   *     accepts; 0 for all
   * @throws FileNotFoundException if the loader has moved a file meanwhile (read again)
   */
  public void read(LocalDate day, long since, Sink sink) throws IOException {
    var files = since == 0 ? allFiles(day) : filesSince(since, day);
    var hours = new TreeSet<>(files.keySet());
    if (since == 0) {
      hours.addAll(Hours.ofDay(day));
    }
    var read = since == 0 ? null : CommittedOffsets.of(commits(since + 1, newest.sequence()));
    for (var hour : hours) {
      var manifest = warehouse.manifest(hour);
      var inHour = manifest.map(CommittedEvents::sources).orElse(Set.of());
      boolean isAnyInHour = since == 0 && !inHour.isEmpty();
      for (var file : files.getOrDefault(hour, List.of())) {
        if (inHour.contains(new Path(file.path()).getName())) {
          isAnyInHour = true;
        } else {
          read(file, null, sink);
        }
      }
      if (isAnyInHour) {
        Predicate<Row> wanted = read == null ? loadedRows(inHour) : read::contain;
        for (var file : InputFile.of(warehouse, hour, manifest.orElseThrow())) {
          read(file, wanted, sink);
        }
      }
    }
  }

  /** The loader's files that an hour's rows came from; those of an import have a mapping. */
  private static Set<String> sources(Manifest manifest) {
    return manifest.sources().stream()
        .filter(source -> source.mapping() == null)
        .map(Manifest.Source::identity)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Which rows of an hour with some of the loader's files were loaded up to the newest commit. */
  private Predicate<Row> loadedRows(Set<String> files) throws IOException {
    long last = newest.sequence();
    for (var file : files) {
      last = Math.max(last, CommitLog.sequence(new Path(file)));
    }
    var later = CommittedOffsets.of(commits(newest.sequence() + 1, last));
    return row -> CommittedOffsets.isLoaded(row) && !later.contain(row);
  }

  private SortedMap<Partition, List<InputFile>> filesSince(long since, LocalDate day)
      throws IOException {
    var files = new ArrayList<StagedFile>();
    for (var commit : commits(since + 1, newest.sequence())) {
      files.addAll(events(commit));
    }
    return byHour(files, day);
  }

  private SortedMap<Partition, List<InputFile>> allFiles(LocalDate day) throws IOException {
    var files = byHour(newest.leftOpen(), day);
    for (var path : log.lateFiles()) {
      var partition = late(path);
      if (partition.day().equals(day) && CommitLog.sequence(path) <= newest.sequence()) {
        long bytes = warehouse.fileSystem().getFileStatus(path).getLen();
        files
            .computeIfAbsent(hour(partition), hour -> new ArrayList<>())
            .add(new InputFile(path.toString(), partition, bytes));
      }
    }
    return files;
  }

  private SortedMap<Partition, List<InputFile>> byHour(
      Collection<StagedFile> files, LocalDate day) {
    var hours = new TreeMap<Partition, List<InputFile>>();
    for (var file : files) {
      if (file.partition().day().equals(day)) {
        hours
            .computeIfAbsent(PartitionFeeder.target(file), hour -> new ArrayList<>())
            .add(new InputFile(log.placed(file).toString(), file.partition(), file.file().bytes()));
      }
    }
    return hours;
  }

  private static Partition hour(Partition late) {
    return new Partition(Datasets.EVENTS, late.path());
  }

  private static Partition late(Path file) {
    var hour = file.getParent();
    return new Partition(Datasets.LATE, hour.getParent().getName() + "/" + hour.getName());
  }

  private List<Commit> commits(long first, long last) throws IOException {
    var commits = new ArrayList<Commit>();
    for (long sequence = first; sequence <= last; sequence++) {
      commits.add(sequence == newest.sequence() ? newest : log.read(sequence));
    }
    return commits;
  }

  private static List<StagedFile> events(Commit commit) {
    var files = new ArrayList<>(commit.files(Datasets.EVENTS));
    files.addAll(commit.files(Datasets.LATE));
    return files;
  }

  /**
   * @param wanted which rows to take; null for all
   */
  private void read(InputFile file, Predicate<Row> wanted, Sink sink) throws IOException {
    if (!warehouse.fileSystem().exists(new Path(file.path()))) {
      // A reader would take it for damage.
      throw new FileNotFoundException(file.path());
    }
    var event = new EventKey();
    var row = new Row(EventRows.SCHEMA);
    var decoder = new EventRowDecoder(row);
    try (var reader = EventKeyReader.open(warehouse.fileSystem(), file)) {
      while (reader.next()) {
        reader.encode(event);
        if (wanted != null) {
          decoder.decode(event.bytes(), 0);
          if (!wanted.test(row)) {
            continue;
          }
        }
        sink.take(reader.hasEventId() ? reader.eventIdHash() : null, event);
      }
    }
  }
}
