package org.clickmill.formats.warehouse;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import org.apache.hadoop.fs.Syncable;

/** A local file that can be brought to the disk while it is written. */
final class SyncableFile extends FileOutputStream implements Syncable {
  SyncableFile(File file, boolean append) throws IOException {
    super(file, append);
  }

  @Override
  public void hflush() throws IOException {
    flush();
  }

  @Override
  public void hsync() throws IOException {
    getFD().sync();
  }
}
