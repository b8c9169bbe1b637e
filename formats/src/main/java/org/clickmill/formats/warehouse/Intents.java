package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.RollForward.CarriedOut;

/** The commits that may not be carried out yet; {@link RollForward} carries them out. */
final class Intents {
  private static final Pattern NAME = Pattern.compile("(.+)\\.r(\\d{1,9})\\.json");

  private final Disk disk;
  private final Layout layout;
  private final RollForward rollForward;

  Intents(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
    this.rollForward = new RollForward(disk, layout);
  }

  /**
   * Commits.
   *
   * @return false if another run has committed the same revision of the partition
   */
  boolean create(Intent intent) throws IOException {
    return disk.createWhole(
        layout.staging(intent.runId()),
        layout.intent(intent.where(), intent.revision()),
        Json.write(intent),
        Sensitivity.OPEN);
  }

  /**
   * Whether commits that were just made are on the disk and in force: nothing but themselves can
   * end that.
   */
  boolean areCertain(List<PendingCommit> commits) throws IOException {
    return rollForward.areCertain(commits);
  }

  Optional<PendingCommit> read(Partition partition, int revision) throws IOException {
    return read(layout.intent(partition, revision), partition, revision);
  }

  /** All intents of a dataset, in order of partition. */
  List<PendingCommit> pending(String dataset) throws IOException {
    return pendingWith(dataset, "");
  }

  List<PendingCommit> pending(Partition partition) throws IOException {
    return pendingWith(partition.dataset(), Layout.intentPrefix(partition));
  }

  /** The intents of all datasets. */
  List<PendingCommit> pending() throws IOException {
    var all = new ArrayList<PendingCommit>();
    for (var dataset : disk.list(layout.allIntents())) {
      all.addAll(pending(dataset.getPath().getName()));
    }
    return all;
  }

  private List<PendingCommit> pendingWith(String dataset, String prefix) throws IOException {
    var files =
        Arrays.stream(disk.list(layout.intents(dataset)))
            .map(status -> new Path(layout.intents(dataset), status.getPath().getName()))
            .filter(file -> file.getName().startsWith(prefix))
            .sorted()
            .toList();
    var pending = new ArrayList<PendingCommit>();
    for (var file : files) {
      var name = NAME.matcher(file.getName());
      if (name.matches()) {
        var partition = Partition.ofFileName(dataset, name.group(1));
        read(file, partition, Integer.parseInt(name.group(2))).ifPresent(pending::add);
      }
    }
    return pending;
  }

  /** An intent is believed where it says what its own name says. */
  private Optional<PendingCommit> read(Path file, Partition partition, int revision)
      throws IOException {
    Optional<Intent> found;
    try {
      found = Json.intent(disk.fileSystem(), file);
    } catch (ClickmillException e) {
      return Optional.of(new PendingCommit(file, partition, null, e.getMessage()));
    }
    return found.map(
        intent ->
            isBelieved(intent, partition, revision)
                ? new PendingCommit(file, partition, intent, null)
                : new PendingCommit(
                    file,
                    partition,
                    null,
                    "Invalid intent: "
                        + file
                        + ": it is to move "
                        + intent.staged()
                        + " to "
                        + intent.where()
                        + " as revision "
                        + intent.revision()));
  }

  private static boolean isBelieved(Intent intent, Partition partition, int revision) {
    return PlainNames.isPlain(partition)
        && intent.where().equals(partition)
        && intent.revision() == revision
        && PlainNames.isPlain(intent.runId())
        && intent.staged().equals(Layout.staged(intent.runId(), partition));
  }

  /**
   * Carries out commits, one after the other, each unless that is done or it is void.
   *
   * @return those that cannot be carried out
   */
  List<StuckCommit> carryOut(List<PendingCommit> pending) throws IOException {
    return pending.isEmpty()
        ? List.of()
        : rollForward.carryOut(pending, 1).stream()
            .map(CarriedOut::stuck)
            .filter(Objects::nonNull)
            .toList();
  }

  /** Carries out commits, several at a time; no two may be of one partition. */
  List<CarriedOut> carryOut(List<PendingCommit> pending, int threads) throws IOException {
    return rollForward.carryOut(pending, threads);
  }

  /** The newest revision of a partition that was replaced and is still kept, or 0. */
  int newestInTrash(Partition partition) throws IOException {
    return rollForward.newestInTrash(partition);
  }
}
