package org.clickmill.jobs.forget;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;

/**
 * The ids of persons whose erasure has begun, in {@code _privacy/erasing-<run>} until it has ended:
 * a run that dies has erased what said which visitors are theirs. The next one erases all of them.
 */
public final class PendingErasure {
  private static final String FOLDER = "_privacy";
  private static final String PREFIX = "erasing-";

  private final Run run;
  private final Warehouse warehouse;

  public PendingErasure(Run run) {
    this.run = run;
    this.warehouse = run.warehouse();
  }

  private Path folder() {
    return new Path(warehouse.root(), FOLDER);
  }

  /** Some persons, and those whose erasure has begun and not ended; changes nothing. */
  public PersonIds with(PersonIds ids) throws IOException {
    var users = new TreeSet<>(ids.users());
    var visitors = new TreeSet<>(ids.visitors());
    for (var file : files()) {
      var begun = PersonIds.read(warehouse.fileSystem(), file);
      users.addAll(begun.users());
      visitors.addAll(begun.visitors());
    }
    return new PersonIds(users, visitors);
  }

  /** Notes that the erasure of some persons begins. */
  public void begin(PersonIds ids) throws IOException {
    var disk = warehouse.disk();
    var prepared = new Path(warehouse.stagingOf(run.id()), PREFIX + run.id());
    ids.write(warehouse.fileSystem(), prepared);
    disk.syncFile(prepared);
    disk.makeFolder(folder());
    if (!disk.move(prepared, new Path(folder(), prepared.getName()))) {
      throw new IOException("Cannot move " + prepared + " to " + folder());
    }
    warehouse.syncFolder(folder());
  }

  /** Notes that all erasures have ended. */
  public void end() throws IOException {
    for (var file : files()) {
      warehouse.disk().delete(file);
    }
  }

  private List<Path> files() throws IOException {
    var files = new ArrayList<Path>();
    for (FileStatus status : warehouse.disk().list(folder())) {
      if (status.getPath().getName().startsWith(PREFIX)) {
        files.add(status.getPath());
      }
    }
    return files;
  }
}
