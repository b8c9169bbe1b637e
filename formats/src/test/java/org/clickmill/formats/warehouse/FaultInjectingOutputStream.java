package org.clickmill.formats.warehouse;

import java.io.FilterOutputStream;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/** A file that is being written when the crash comes, and keeps what had reached the disk. */
final class FaultInjectingOutputStream extends FilterOutputStream {
  private final Faults faults;
  private final Path file;
  private boolean closed;

  private FaultInjectingOutputStream(FSDataOutputStream out, Faults faults, Path file) {
    super(out);
    this.faults = faults;
    this.file = file;
  }

  static FSDataOutputStream wrap(FSDataOutputStream out, Faults faults, Path file)
      throws IOException {
    return new FSDataOutputStream(
        new FaultInjectingOutputStream(out, faults, file), null, out.getPos());
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    faults.requireAlive();
    out.write(bytes, offset, length);
  }

  @Override
  public void write(int value) throws IOException {
    faults.requireAlive();
    out.write(value);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      faults.change("close", file);
      out.close();
    }
  }
}
