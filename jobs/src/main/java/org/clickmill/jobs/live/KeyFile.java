package org.clickmill.jobs.live;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.SyncedFiles;

/** Sorted keys in a compressed file, each behind its length; a negative length is the end. */
final class KeyFile {
  private static final int BUFFER_SIZE = 1 << 16;
  private static final int END = -1;

  private KeyFile() {}

  /** Opens a file of keys. */
  static KeyStream open(FileSystem fileSystem, Path path) throws IOException {
    var file = fileSystem.open(path);
    try {
      return new Reader(
          path,
          new DataInputStream(new BufferedInputStream(new ZstdInputStream(file), BUFFER_SIZE)));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static final class Reader implements KeyStream {
    private final Path path;
    private final DataInputStream in;
    private boolean isOver;

    Reader(Path path, DataInputStream in) {
      this.path = path;
      this.in = in;
    }

    @Override
    public byte[] next() throws IOException {
      if (isOver) {
        return null;
      }
      try {
        int length = in.readInt();
        if (length < 0) {
          isOver = true;
          return null;
        }
        var key = new byte[length];
        in.readFully(key);
        return key;
      } catch (EOFException e) {
        throw damaged(path, e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  static ClickmillException damaged(Path path, IOException cause) {
    return ClickmillException.failed(
        "Damaged file: %s is too short. Delete the folder %s; the next 'clickmill live' builds it"
            + " again.",
        path, LiveFiles.FOLDER, cause);
  }

  /** Writes a file of keys, which is complete once {@link #finish} has been called. */
  static final class Writer implements Closeable {
    private final DataOutputStream out;
    private long keys;

    Writer(FileSystem fileSystem, Path path) throws IOException {
      var file = SyncedFiles.create(fileSystem, path);
      out = new DataOutputStream(new BufferedOutputStream(new ZstdOutputStream(file), BUFFER_SIZE));
    }

    void write(byte[] key) throws IOException {
      out.writeInt(key.length);
      out.write(key);
      keys++;
    }

    /** Completes the file and tells how many keys it has. */
    long finish() throws IOException {
      out.writeInt(END);
      out.close();
      return keys;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
