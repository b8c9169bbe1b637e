package org.clickmill.formats.warehouse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** The steps of a local disk, each of which is a change that its {@link Faults} count. */
final class FaultInjectingSteps extends PosixSteps {
  /** Set before the first step. */
  Faults faults;

  private void change(String what, Path path) throws IOException {
    faults.change(what, new org.apache.hadoop.fs.Path(path.toString()));
  }

  @Override
  void createFile(Path file) throws IOException {
    change("create", file);
    super.createFile(file);
  }

  @Override
  SyncableFile open(File file, boolean append) throws IOException {
    if (!append) {
      change("open", file.toPath());
    }
    return super.open(file, append);
  }

  @Override
  boolean createFolder(Path folder) throws IOException {
    change("mkdir", folder);
    return super.createFolder(folder);
  }

  @Override
  void link(Path file, Path name) throws IOException {
    change("link", file);
    super.link(file, name);
  }

  @Override
  void move(Path from, Path to) throws IOException {
    change("move", from);
    super.move(from, to);
  }

  @Override
  boolean delete(Path path) throws IOException {
    change("delete", path);
    return super.delete(path);
  }
}
