package org.clickmill.formats.warehouse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** The steps of one process on a {@link ForgettingDisk}, and on a local disk elsewhere. */
final class ForgettingSteps extends PosixSteps {
  /** Set before the first step. */
  PowerFailure failure;

  private interface Change {
    void make() throws IOException;
  }

  private void step(String what, Path path, Change change, Runnable seen) throws IOException {
    var disk = failure.disk();
    if (!disk.has(path)) {
      change.make();
      return;
    }
    // Nothing may be seen that is not known here, and the other way round.
    synchronized (disk) {
      failure.step(what, path);
      change.make();
      seen.run();
    }
  }

  @Override
  void createFile(Path file) throws IOException {
    step("create", file, () -> super.createFile(file), () -> failure.disk().created(file, false));
  }

  @Override
  SyncableFile open(File file, boolean append) throws IOException {
    var path = file.toPath();
    if (!append) {
      step("open", path, () -> super.open(file, false).close(), () -> failure.disk().opened(path));
    }
    return super.open(file, append);
  }

  @Override
  boolean createFolder(Path folder) throws IOException {
    var disk = failure.disk();
    if (!disk.has(folder)) {
      return super.createFolder(folder);
    }
    synchronized (disk) {
      failure.step("mkdir", folder);
      boolean created = super.createFolder(folder);
      if (created) {
        disk.created(folder, true);
      }
      return created;
    }
  }

  @Override
  void link(Path file, Path name) throws IOException {
    step("link", name, () -> super.link(file, name), () -> failure.disk().linked(file, name));
  }

  @Override
  void move(Path from, Path to) throws IOException {
    step("move", to, () -> super.move(from, to), () -> failure.disk().moved(from, to));
  }

  @Override
  boolean delete(Path path) throws IOException {
    var disk = failure.disk();
    if (!disk.has(path)) {
      return super.delete(path);
    }
    synchronized (disk) {
      failure.step("delete", path);
      boolean deleted = super.delete(path);
      if (deleted) {
        disk.deleted(path);
      }
      return deleted;
    }
  }

  @Override
  void force(Path path) throws IOException {
    var disk = failure.disk();
    if (!disk.has(path)) {
      super.force(path);
      return;
    }
    synchronized (disk) {
      failure.step("sync", path);
      disk.forced(path);
    }
  }
}
