package org.clickmill.formats.mapping;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.Seekable;

/**
 * An open file that tells its damage from an outage: a file system that fails to give bytes throws
 * {@link UncheckedIOException}, which passes through the decoders; what they throw themselves, an
 * end too early and a wrong checksum is damage. A file must not count as corrupt, and be skipped,
 * because a disk or a node was away.
 */
final class SourceInput extends InputStream implements Seekable, PositionedReadable {
  private final FSDataInputStream in;

  private SourceInput(FSDataInputStream in) {
    this.in = in;
  }

  static FSDataInputStream open(FileSystem fileSystem, Path path) throws IOException {
    return new FSDataInputStream(new SourceInput(fileSystem.open(path)));
  }

  @Override
  public int read() throws IOException {
    return guarded(in::read);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return guarded(() -> in.read(bytes, offset, length));
  }

  @Override
  public int read(long position, byte[] bytes, int offset, int length) throws IOException {
    return guarded(() -> in.read(position, bytes, offset, length));
  }

  @Override
  public void readFully(long position, byte[] bytes, int offset, int length) throws IOException {
    guarded(
        () -> {
          in.readFully(position, bytes, offset, length);
          return 0;
        });
  }

  @Override
  public void readFully(long position, byte[] bytes) throws IOException {
    readFully(position, bytes, 0, bytes.length);
  }

  @Override
  public void seek(long position) throws IOException {
    in.seek(position);
  }

  @Override
  public long getPos() throws IOException {
    return in.getPos();
  }

  @Override
  public boolean seekToNewSource(long position) throws IOException {
    return in.seekToNewSource(position);
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static int guarded(Read read) throws IOException {
    try {
      return read.bytes();
    } catch (EOFException | ChecksumException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Read {
    int bytes() throws IOException;
  }
}
