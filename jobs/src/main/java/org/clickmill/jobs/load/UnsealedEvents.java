package org.clickmill.jobs.load;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.security.UserGroupInformation;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.SuiteVersion;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;
import org.clickmill.jobs.load.Commit.PartitionProgress;

/**
 * The events that the loader has committed and no hour holds yet: those of open hours, and late
 * ones. Files of them are replaced by others by a commit of the loader's own, which reads nothing
 * from Kafka; so whoever carries out the newest commit finds either the ones or the others.
 */
public final class UnsealedEvents {
  private final Run run;
  private final CommitLog log;
  private final Commit newest;
  private final List<StagedFile> files;

  private UnsealedEvents(Run run, CommitLog log, Commit newest, List<StagedFile> files) {
    this.run = run;
    this.log = log;
    this.newest = newest;
    this.files = files;
  }

  /**
   * What there is after the newest commit has been carried out; empty if nothing was ever loaded.
   *
   * @param run the step whose staging folder takes the files that replace others
   */
  public static Optional<UnsealedEvents> complete(Run run)
      throws IOException, InterruptedException {
    var log = new CommitLog(run.warehouse());
    var newest = log.last();
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    new RollForward(run.step("load"), log).complete(newest.get());
    return Optional.of(of(run, log, newest.get()));
  }

  /** The same as it is now; changes nothing. */
  public static Optional<UnsealedEvents> look(Run run) throws IOException {
    var log = new CommitLog(run.warehouse());
    var newest = log.last();
    return newest.isEmpty() ? Optional.empty() : Optional.of(of(run, log, newest.get()));
  }

  private static UnsealedEvents of(Run run, CommitLog log, Commit newest) throws IOException {
    var files = new ArrayList<StagedFile>();
    for (var file : newest.leftOpen()) {
      if (run.warehouse().fileSystem().exists(log.placed(file))) {
        files.add(file);
      }
    }
    var commits = new TreeMap<Long, Commit>();
    for (var path : log.lateFiles()) {
      long sequence = CommitLog.sequence(path);
      if (!commits.containsKey(sequence)) {
        commits.put(sequence, log.read(sequence));
      }
      files.add(
          commits.get(sequence).files(Datasets.LATE).stream()
              .filter(file -> log.placed(file).equals(path))
              .findFirst()
              .orElseThrow(() -> CommitLog.unknown(path)));
    }
    return new UnsealedEvents(run, log, newest, List.copyOf(files));
  }

  /** The files, where the loader has put them. */
  public List<InputFile> files() {
    return files.stream().map(this::input).toList();
  }

  private InputFile input(StagedFile file) {
    return new InputFile(log.placed(file).toString(), file.partition(), file.file().bytes());
  }

  /** The step whose staging folder takes the files that replace others. */
  public Run run() {
    return run;
  }

  /** What begins the names of files that replace others, as the loader's do. */
  public String filePrefix() {
    return CommitLog.filePrefix(newest.sequence() + 1);
  }

  /**
   * Replaces files.
   *
   * @param paths of those that go, as {@link #files} has them
   * @param staged those that hold what is left, in the staging folder of the run; their names begin
   *     with {@link #filePrefix}
   * @throws ClickmillException of kind held if another run has committed meanwhile
   */
  public void replace(Collection<String> paths, List<StagedFile> staged)
      throws IOException, InterruptedException {
    var gone = Set.copyOf(paths);
    // Files of several hours may have one name.
    var replaced =
        files.stream()
            .filter(file -> gone.contains(input(file).path()))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    var commit =
        new Commit(
            Commit.FORMAT_VERSION,
            newest.sequence() + 1,
            newest.keptFrom(),
            run.id(),
            UserGroupInformation.getCurrentUser().getShortUserName(),
            SuiteVersion.text(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            newest.sealTime(),
            newest.mapping(),
            newest.topics(),
            newest.partitions().stream().map(UnsealedEvents::unchanged).toList(),
            List.of(),
            staged,
            newest.leftOpen().stream().filter(file -> !replaced.contains(file)).toList(),
            newest.sealedThrough(),
            newest.sealedThrough(),
            newest.newestHour(),
            List.copyOf(replaced));
    log.syncStaged(commit);
    if (!log.create(commit)) {
      throw ClickmillException.held(
          "Cannot erase from the loader's files: another run has loaded meanwhile (run again)");
    }
    new RollForward(run.step("load"), log).complete(commit);
  }

  private static PartitionProgress unchanged(PartitionProgress part) {
    return new PartitionProgress(
        part.topic(), part.partition(), part.end(), part.end(), RangeCounts.NONE, part.total());
  }
}
