package org.clickmill.formats.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Commits, and how they are carried out. Only forward, by anyone, any number at a time.
 *
 * <p>Why a process that was paused anywhere cannot do harm when it goes on: an intent for revision
 * r is in force only while the published revision is below r, and nothing else can be published
 * until it is carried out. It ends with a move of what was staged, which exists once. What it
 * replaces moves to a place in the trash that is named after its revision, and which is taken from
 * then on. And an intent that came too late (its revision was published before it was created) is
 * seen to be void by the published revision or, between the two moves of a later one, by the trash.
 */
final class Intents {
  private static final int ATTEMPTS = 200;
  private static final long PAUSE_MILLIS = 10;

  private final Disk disk;
  private final Layout layout;

  Intents(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
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
        Json.write(intent));
  }

  Optional<Intent> read(Partition partition, int revision) throws IOException {
    return Json.intent(disk.fileSystem(), layout.intent(partition, revision));
  }

  /** All intents of a dataset, in order of partition. */
  List<Intent> pending(String dataset) throws IOException {
    return pendingWith(dataset, "");
  }

  List<Intent> pending(Partition partition) throws IOException {
    return pendingWith(partition.dataset(), Layout.intentPrefix(partition));
  }

  private List<Intent> pendingWith(String dataset, String prefix) throws IOException {
    var files = new ArrayList<Path>();
    for (var status : disk.list(layout.intents(dataset))) {
      if (status.getPath().getName().startsWith(prefix)) {
        files.add(status.getPath());
      }
    }
    Collections.sort(files);
    var intents = new ArrayList<Intent>();
    for (var file : files) {
      Json.intent(disk.fileSystem(), file).ifPresent(intents::add);
    }
    return intents;
  }

  /** Carries out an intent unless that is done or it is void, and deletes it. */
  void rollForward(Intent intent) throws IOException {
    var partition = intent.where();
    var published = layout.published(partition);
    var staged = new Path(layout.root(), intent.staged());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var manifest = Json.manifest(disk.fileSystem(), layout.manifest(partition));
      boolean over =
          manifest.isPresent()
              ? manifest.get().revision() >= intent.revision()
              : intent.kind() == Intent.Kind.RENEW || newestInTrash(partition) >= intent.revision();
      if (over) {
        disk.delete(layout.intent(partition, intent.revision()));
        return;
      }
      if (!disk.fileSystem().exists(new Path(staged, Manifest.FILE_NAME))) {
        // Somebody else moved it just now, or it was deleted behind our back.
        pause(attempt);
      } else if (intent.kind() == Intent.Kind.RENEW) {
        disk.replace(new Path(staged, Manifest.FILE_NAME), layout.manifest(partition));
      } else if (manifest.isPresent()) {
        if (!moveToTrash(partition, manifest.get().revision())) {
          pause(attempt);
        }
      } else {
        disk.makeFolder(published.getParent());
        if (disk.move(staged, published)) {
          disk.delete(layout.intent(partition, intent.revision()));
          return;
        }
      }
    }
    throw ClickmillException.failed(
        "Cannot finish publishing %s: run %s of %s committed revision %d, but %s cannot be moved"
            + " to %s. If a folder of these was deleted or restored by hand, delete the intent %s.",
        partition,
        intent.runId(),
        intent.user(),
        intent.revision(),
        staged,
        published,
        layout.intent(partition, intent.revision()));
  }

  /** The trash goes by modification time, so that is set to when the partition was replaced. */
  private boolean moveToTrash(Partition partition, int revision) throws IOException {
    var published = layout.published(partition);
    disk.makeFolder(layout.trash(partition));
    try {
      disk.fileSystem().setTimes(published, System.currentTimeMillis(), -1);
    } catch (FileNotFoundException e) {
      return false;
    }
    return disk.move(published, layout.trash(partition, revision));
  }

  /** The newest revision of a partition that was replaced and is still kept, or 0. */
  int newestInTrash(Partition partition) throws IOException {
    int newest = 0;
    for (var status : disk.list(layout.trash(partition))) {
      var name = status.getPath().getName();
      if (name.matches("r\\d{1,9}")) {
        newest = Math.max(newest, Integer.parseInt(name.substring(1)));
      }
    }
    return newest;
  }

  private static void pause(int attempt) throws IOException {
    try {
      Thread.sleep(Math.min(attempt, PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted");
    }
  }
}
