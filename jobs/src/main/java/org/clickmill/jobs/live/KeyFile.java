package org.clickmill.jobs.live;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Sensitivity;
import org.clickmill.formats.warehouse.SyncedFiles;

/**
 * Sorted keys in a compressed file with a checksum, each behind its length; behind the last one -1.
 */
final class KeyFile {
  private static final int BUFFER_SIZE = 1 << 16;
  private static final int END = -1;

  private KeyFile() {}

  /** Opens a file of keys. */
  static KeyStream open(FileSystem fileSystem, Path path) throws IOException {
    var file = fileSystem.open(path);
    try {
      return new Reader(
          path, new DataInputStream(new BufferedInputStream(decompressed(file), BUFFER_SIZE)));
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
        if (length == END) {
          requireEnd(path, in);
          isOver = true;
          return null;
        }
        if (length < 0) {
          throw damaged(path, null);
        }
        // A length that is damaged must not be the size of an array.
        var key = in.readNBytes(length);
        if (key.length < length) {
          throw damaged(path, null);
        }
        return key;
      } catch (EOFException | ZstdIOException e) {
        throw damaged(path, e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** Compresses what goes into a file, with a checksum. */
  static OutputStream compressed(OutputStream file) throws IOException {
    return new ZstdOutputStream(file).setChecksum(true);
  }

  static InputStream decompressed(InputStream file) throws IOException {
    return new ZstdInputStream(file);
  }

  /** Requires that nothing follows; only then has the checksum been compared. */
  static void requireEnd(Path path, InputStream in) throws IOException {
    if (in.read() >= 0) {
      throw damaged(path, null);
    }
  }

  /**
   * @param cause null if there is none
   */
  static ClickmillException damaged(Path path, IOException cause) {
    return ClickmillException.failed(
        "Damaged file: %s is not as it was written. Delete the folder %s; the next 'clickmill live'"
            + " builds it again.",
        path, LiveFiles.FOLDER, cause);
  }

  /** Writes a file of keys, which is complete once {@link #finish} has been called. */
  static final class Writer implements Closeable {
    private final DataOutputStream out;
    private long keys;

    Writer(FileSystem fileSystem, Path path) throws IOException {
      var file = SyncedFiles.create(fileSystem, path, Sensitivity.PERSONAL);
      out = new DataOutputStream(new BufferedOutputStream(compressed(file), BUFFER_SIZE));
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
